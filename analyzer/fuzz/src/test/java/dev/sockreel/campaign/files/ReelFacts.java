package dev.sockreel.campaign.files;

import dev.sockreel.fixtures.ReelFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reasons why a capture file whose checksums are right is nevertheless not whole, found without the tested code. */
final class ReelFacts {
    private static final int GROUP_MAGIC = 0x184D2A5A;
    private static final int SNAPSHOT_BEGIN = 4;
    private static final int DUMP_BEGIN = 5;
    private static final int CAPTURE_CLOSE = 12;
    private static final int INDEX_ENTRY_BYTES = 28;
    private static final int INDEX_END_BYTES = 20;

    /** Returns a reason, or null where the file is whole, or is damaged in a way that other checks are about. */
    static @Nullable String whyNotWhole(byte[] file) {
        List<byte[]> captures;
        try {
            captures = captures(file);
        } catch (RuntimeException e) {
            return null;
        }
        for (byte[] capture : captures) {
            ReelFile parsed = ReelFile.parse(capture);
            String reason = records(parsed.entries());
            reason = reason == null ? index(parsed, capture) : reason;
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    /**
     * Splits a file into its captures.
     *
     * @throws RuntimeException when not all of it is captures with right lengths, checksums and an index each
     */
    static List<byte[]> captures(byte[] file) {
        List<byte[]> captures = new ArrayList<>();
        ByteBuffer in = ReelParts.little(file);
        int begin = 0;
        int at = 0;
        while (at < file.length) {
            boolean isIndex = in.getInt(at) != GROUP_MAGIC;
            at += isIndex ? 8 + in.getInt(at + 4) : ReelParts.HEADER_BYTES + in.getInt(at + 28);
            if (isIndex) {
                captures.add(Arrays.copyOfRange(file, begin, at));
                if (ReelFile.parse(captures.getLast()).groups().isEmpty()) {
                    throw new IllegalArgumentException("a capture without groups");
                }
                begin = at;
            }
        }
        if (begin < at || file.length == 0) {
            throw new IllegalArgumentException("no index at the end");
        }
        return captures;
    }

    private static @Nullable String records(List<ReelFile.Entry> entries) {
        Set<Integer> dumps = new HashSet<>();
        int last = -1;
        for (ReelFile.Entry e : entries) {
            int number = e.body().length >= 4 ? e.number(0) : 0;
            if (e.type() == SNAPSHOT_BEGIN && number <= last) {
                return "snapshot " + number + " follows " + last;
            } else if (e.type() == SNAPSHOT_BEGIN) {
                last = number;
            } else if (e.type() == DUMP_BEGIN && !dumps.add(number)) {
                return "dump " + number + " begins twice";
            }
        }
        return entries.isEmpty() || entries.getLast().type() != CAPTURE_CLOSE ? "no close record at the end" : null;
    }

    private static @Nullable String index(ReelFile parsed, byte[] file) {
        ByteBuffer in = ReelParts.little(file);
        int index = (int) in.getLong(file.length - 8);
        int listed = in.getInt(index + 20);
        if (listed != parsed.groups().size()
                || file.length - index != 24 + listed * INDEX_ENTRY_BYTES + INDEX_END_BYTES) {
            return "the index lists another number of groups";
        }
        int at = 0;
        for (int i = 0; i < listed; i++) {
            int entry = index + 24 + i * INDEX_ENTRY_BYTES;
            if (in.getLong(entry) != at || in.getInt(entry + 8) != in.getInt(at + 20)
                    || in.getInt(entry + 12) != in.getInt(at + 24) || in.getLong(entry + 16) != in.getLong(at + 44)) {
                return "the index lies about a group";
            }
            at += ReelParts.HEADER_BYTES + in.getInt(at + 28);
        }
        return null;
    }

    private ReelFacts() {}
}
