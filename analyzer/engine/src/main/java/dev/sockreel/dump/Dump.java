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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One dump after assembly: its sockets, its faults and its verdict. The sockets stay in their messages; a
 * {@link SocketCursor} decodes them in place.
 *
 * @param begin    the dump's first record
 * @param end      null when the capture has none
 * @param request  the request that the dump answers
 * @param order    byte order of the capturing host
 * @param table    the messages of its sockets
 * @param listed   each socket's cookie and row
 * @param changes  what differs from the dump of the same series before; null where that is not known
 * @param totals   what its sockets add up to; null where nobody added them up
 * @param returned cookies that dumps before and after list, if this dump misses any of them
 * @param faults   in the order they were found
 * @param verdict  the worst verdict among those of the faults
 * @param ownBytes bytes of all datagrams as stored
 */
public record Dump(
        DumpBegin begin,
        @Nullable DumpEnd end,
        DumpRequest request,
        ByteOrder order,
        SocketTable table,
        Supplier<CookieIndex> listed,
        @Nullable RowChanges changes,
        @Nullable DumpTotals totals,
        CookieIndex returned,
        List<Fault> faults,
        DumpVerdict verdict,
        long ownBytes) {

    public int sockets() {
        return table.sockets();
    }

    /** Returns each socket's cookie and row. */
    public CookieIndex cookies() {
        return listed.get();
    }

    /** Returns the datagrams as received. */
    public List<Datagram> datagrams() {
        return table.datagrams();
    }

    /** Returns the family as the file names it (tcp4, unix, …), made printable. */
    public String family() {
        return PrintableName.of(begin.family());
    }

    public SocketCursor cursor() {
        return new SocketCursor(table, new SocketDecoder(request, order));
    }

    /** Returns a cursor over the dump of the same series before. */
    public SocketCursor cursorBefore(RowChanges changes) {
        return new SocketCursor(changes.before(), new SocketDecoder(request, order));
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

    /** Returns the same dump with its sockets in a view. */
    Dump of(ViewTable view) {
        return new Dump(
                begin, end, request, order, view, listed, null, null, returned, faults, verdict, ownBytes);
    }

    Dump with(DumpTotals sums) {
        return new Dump(
                begin, end, request, order, table, listed, changes, sums, returned, faults, verdict, ownBytes);
    }

    /** Returns the same dump with rows of its own. */
    public Dump with(SocketTable rows, CookieIndex cookies) {
        return new Dump(
                begin, end, request, order, rows, () -> cookies, null, null, returned, faults, verdict, ownBytes);
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
                begin, end, request, order, table, listed, changes, totals, returned, List.copyOf(all),
                DumpVerdict.of(all), ownBytes);
    }
}
