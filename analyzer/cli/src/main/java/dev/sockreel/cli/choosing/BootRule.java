package dev.sockreel.cli.choosing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Error sentences for captures that are not, or not known to be, of the same boot. No socket outlives a boot. */
public final class BootRule {
    public static String unnamed(Path file) {
        return file + " does not record its boot: if all files are of one boot, use --same-boot";
    }

    public static String different(Path one, Path other) {
        return one + " and " + other
                + " are of different boots or hosts, so they have no socket in common";
    }

    /** Returns the boot id, or a placeholder when no capture records it. */
    public static String orUnnamed(@Nullable String bootId) {
        return bootId == null ? "not named" : bootId;
    }

    private BootRule() {}
}
