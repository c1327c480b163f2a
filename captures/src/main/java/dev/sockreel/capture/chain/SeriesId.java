package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.DumpBegin;
import java.util.Arrays;

/**
 * What makes dumps one series: the same request in the same namespace.
 *
 * @param netns   number of the namespace in the file
 * @param family  id of the family
 * @param request the request without nlmsg_seq, which differs from dump to dump
 */
@SuppressWarnings("ArrayRecordComponent")
public record SeriesId(int netns, String family, byte[] request) {
    private static final int SEQ_AT = 8;
    private static final int SEQ_BYTES = 4;

    /** Returns the series of a dump. */
    public static SeriesId of(DumpBegin dump) {
        byte[] request = dump.request().clone();
        if (request.length >= SEQ_AT + SEQ_BYTES) {
            Arrays.fill(request, SEQ_AT, SEQ_AT + SEQ_BYTES, (byte) 0);
        }
        return new SeriesId(dump.netns(), dump.family(), request);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SeriesId s
                && netns == s.netns
                && family.equals(s.family)
                && Arrays.equals(request, s.request);
    }

    @Override
    public int hashCode() {
        return (31 * netns + family.hashCode()) * 31 + Arrays.hashCode(request);
    }
}
