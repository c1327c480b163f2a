package dev.sockreel.procnet;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Byte order of the host that printed a table, from the loopback addresses in it: 127.0.0.1 is 0100007F on
 * little-endian hosts and 7F000001 on others, ::1 likewise. Takes the text piece by piece.
 */
public final class ProcTextOrder {
    private static final String[] LITTLE = {"0100007F:", " 00000000000000000000000001000000:"};
    private static final String[] BIG = {"7F000001:", " 00000000000000000000000000000001:"};
    /** A pattern may stand across two pieces. */
    private static final int CARRY = 33;

    private String carry = "";
    private long little;
    private long big;

    public void add(byte[] text, int length) {
        String all = carry + new String(text, 0, length, StandardCharsets.ISO_8859_1);
        little += count(all, LITTLE);
        big += count(all, BIG);
        carry = all.substring(Math.max(0, all.length() - CARRY));
    }

    /** Those that end behind what was carried over: the others were counted before. */
    private long count(String text, String[] patterns) {
        long found = 0;
        for (String pattern : patterns) {
            for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
                found += at + pattern.length() > carry.length() ? 1 : 0;
            }
        }
        return found;
    }

    /** Returns null when the text has no loopback address. */
    public @Nullable ByteOrder order() {
        return little == big ? null : little > big ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }
}
