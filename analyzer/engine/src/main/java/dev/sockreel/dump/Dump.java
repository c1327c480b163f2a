package dev.sockreel.dump;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.SocketDecoder;
import dev.sockreel.wording.PrintableName;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dump after assembly: its sockets, its faults and its verdict. The sockets stay in the received datagrams; a
 * {@link SocketCursor} decodes them in place.
 *
 * @param begin     the dump's first record
 * @param end       null when the capture has none
 * @param request   the request that the dump answers
 * @param order     byte order of the capturing host
 * @param datagrams as received
 * @param rows      one socket each: the datagram's index in the upper half, the message's offset in the lower
 * @param cookies   each socket's index in {@code rows}
 * @param returned  cookies that dumps before and after list, if this dump misses any of them
 * @param faults    in the order they were found
 * @param verdict   the worst verdict among those of the faults
 * @param ownBytes  bytes of all datagrams as stored
 */
public record Dump(
        DumpBegin begin,
        @Nullable DumpEnd end,
        DumpRequest request,
        ByteOrder order,
        List<Datagram> datagrams,
        long[] rows,
        CookieIndex cookies,
        CookieIndex returned,
        List<Fault> faults,
        DumpVerdict verdict,
        long ownBytes) {

    public int sockets() {
        return rows.length;
    }

    /** Returns the family as the file names it (tcp4, unix, …), made printable. */
    public String family() {
        return PrintableName.of(begin.family());
    }

    public SocketCursor cursor() {
        return new SocketCursor(this, new SocketDecoder(request, order));
    }

    public boolean isComplete() {
        return verdict == DumpVerdict.COMPLETE;
    }

    /**
     * Returns whether nothing that the kernel sent is lost, so that a socket missing here was not listed by the kernel.
     */
    public boolean arrivedWhole() {
        return verdict.compareTo(DumpVerdict.INTERRUPTED) <= 0;
    }

    /**
     * Returns this dump with further faults, found by comparing it with the evidence around it.
     *
     * @param more   further faults
     * @param returned cookies that dumps before and after list
     */
    public Dump with(List<Fault> more, CookieIndex returned) {
        if (more.isEmpty()) {
            return this;
        }
        List<Fault> all = new ArrayList<>(faults);
        all.addAll(more);
        return new Dump(
                begin, end, request, order, datagrams, rows, cookies, returned, List.copyOf(all), DumpVerdict.of(all),
                ownBytes);
    }
}
