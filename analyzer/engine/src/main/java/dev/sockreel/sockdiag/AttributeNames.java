package dev.sockreel.sockdiag;

import java.util.Set;
import java.util.stream.Collectors;

/** The uapi names of all attributes of all families, and of the values within them. */
public final class AttributeNames {
    public static Set<String> all() {
        return Families.all().stream().flatMap(f -> f.attributes.names().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private AttributeNames() {}
}
