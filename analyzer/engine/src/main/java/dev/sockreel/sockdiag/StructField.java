package dev.sockreel.sockdiag;

/**
 * One field of a struct that an attribute carries. Whether it exists follows from the attribute's length alone.
 *
 * @param attribute nla_type that carries the struct
 * @param name      as in the uapi header
 * @param offset    bytes from the struct's begin
 * @param bytes     1, 2, 4 or 8
 * @param signed    whether the number is signed
 * @param bits      width of a bit-field, 0 for a whole integer
 * @param bitIndex  bits of the same byte that are declared before it: on a little-endian host they are the lower ones
 */
public record StructField(int attribute, String name, int offset, int bytes, boolean signed, int bits, int bitIndex) {}
