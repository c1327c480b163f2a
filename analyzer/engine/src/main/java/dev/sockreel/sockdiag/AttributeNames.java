package dev.sockreel.sockdiag;

import java.util.Set;
import java.util.stream.Collectors;

/** The uapi names of all attributes that a socket may have, and of all values within them. */
public final class AttributeNames {
    public static Set<String> all() {
        return Families.all().stream().flatMap(f -> f.attributes.names().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private AttributeNames() {}
}
