package dev.sockreel.cli.choosing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A socket lives as long as a boot at most: what is said where captures are not, or not known to be, of the same one. */
public final class BootRule {
    public static String unnamed(Path file) {
        return file + " does not say of which boot it is: if the files are of one boot, say so with --same-boot";
    }

    public static String different(Path one, Path other) {
        return one + " and " + other
                + " are of different boots or hosts: no socket of one lives in the other, so they are not joined";
    }

    /** A name for a boot that no capture names. */
    public static String orUnnamed(@Nullable String bootId) {
        return bootId == null ? "not named" : bootId;
    }

    private BootRule() {}
}
