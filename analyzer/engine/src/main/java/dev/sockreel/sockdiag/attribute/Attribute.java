package dev.sockreel.sockdiag.attribute;

import org.jspecify.annotations.Nullable;

/**
 * One row of a family's table of attributes.
 *
 * @param type    nla_type
 * @param name    name in the uapi header
 * @param shape   shape of the value
 * @param askedBy bits of the request's show mask that make the kernel send it; 0: it is sent unasked
 * @param struct  the kind by which a {@link StructField} names it, null when no field points into it
 */
public record Attribute(int type, String name, Shape shape, long askedBy, @Nullable StructKind struct) {}
