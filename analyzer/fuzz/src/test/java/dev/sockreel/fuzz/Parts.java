package dev.sockreel.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits an input into parts at marks. Unlike lengths, marks survive when a fuzzer inserts or removes bytes elsewhere.
 */
public final class Parts {
    /** The separator: not UTF-8, and no number that a kernel would send. */
    private static final byte[] MARK = {(byte) 0xf5, 'C', 'U', 'T', (byte) 0xf7};

    /** Returns at least one part; a part may be empty. */
    public static List<byte[]> of(byte[] input) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at + MARK.length <= input.length; at++) {
            if (Arrays.equals(input, at, at + MARK.length, MARK, 0, MARK.length)) {
                parts.add(Arrays.copyOfRange(input, from, at));
                from = at + MARK.length;
                at = from - 1;
            }
        }
        parts.add(Arrays.copyOfRange(input, from, input.length));
        return parts;
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                all.writeBytes(MARK);
            }
            all.writeBytes(parts[i]);
        }
        return all.toByteArray();
    }

    /** Returns an input with steering bytes before the content. */
    public static byte[] steered(byte[] content, int... steering) {
        byte[] all = new byte[steering.length + content.length];
        for (int i = 0; i < steering.length; i++) {
            all[i] = (byte) steering[i];
        }
        System.arraycopy(content, 0, all, steering.length, content.length);
        return all;
    }

    private Parts() {}
}
