package dev.sockreel.unseen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Capabilities that change what a recording sees (uapi/linux/capability.h). */
enum Capability {
    DAC_READ_SEARCH(2),
    NET_ADMIN(12),
    SYS_PTRACE(19);

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,16}");

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /**
     * Returns the capabilities that were certainly missing.
     *
     * @param effective CapEff in hex, null when it was not recorded
     */
    static List<String> missing(@Nullable String effective, Capability... wanted) {
        List<String> missing = new ArrayList<>();
        if (effective != null && HEX.matcher(effective).matches()) {
            long set = Long.parseUnsignedLong(effective, 16);
            for (Capability c : wanted) {
                if ((set >>> c.bit & 1) == 0) {
                    missing.add("CAP_" + c.name());
                }
            }
        }
        return missing;
    }
}
