package dev.sockreel.procnet;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Byte order of the host that printed a table: 127.0.0.1 is 0100007F on little-endian hosts, 7F000001 on others. */
public final class ProcTextOrder {
    /** Null when no loopback address tells. */
    public static @Nullable ByteOrder of(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int little = count(all, "0100007F:");
        int big = count(all, "7F000001:");
        return little == big ? null : little > big ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static int count(String text, String part) {
        int found = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            found++;
        }
        return found;
    }

    private ProcTextOrder() {}
}
