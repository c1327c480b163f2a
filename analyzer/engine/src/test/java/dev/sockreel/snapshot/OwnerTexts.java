package dev.sockreel.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owners as short texts, to compare them. */
public final class OwnerTexts {
    /** Returns {@code pid comm fd state} of each; null for null. */
    public static @Nullable List<String> of(@Nullable List<Owner> owners) {
        return owners == null ? null
                : owners.stream().map(o -> o.pid() + " " + o.comm() + " " + o.fd() + " " + o.state()).toList();
    }

    private OwnerTexts() {}
}
