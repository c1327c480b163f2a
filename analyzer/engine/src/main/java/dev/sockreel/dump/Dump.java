package dev.sockreel.dump;

import dev.sockreel.address.PrintableName;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.SocketDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dump as it was found to be: its sockets, what is wrong with it, what it is worth. The sockets stay in the
 * received datagrams; a {@link SocketCursor} decodes them in place.
 *
 * @param begin     the record that began it
 * @param end       null when the capture has none
 * @param request   what was asked
 * @param order     byte order of the capturing host
 * @param datagrams as received
 * @param rows      a socket each: datagram's index in the upper half, message's offset in the lower
 * @param cookies   where in {@code rows} a socket stands
 * @param returned  cookies that it does not list, though dumps before and after do
 * @param faults    in the order they were met
 * @param verdict   the worst that the faults force
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

    /** The file's word for it, printable. */
    public String family() {
        return PrintableName.of(begin.family());
    }

    public SocketCursor cursor() {
        return new SocketCursor(this, new SocketDecoder(request, order));
    }

    public boolean isComplete() {
        return verdict == DumpVerdict.COMPLETE;
    }

    /** Nothing that the kernel sent is lost: what is not in it was not listed. */
    public boolean arrivedWhole() {
        return verdict.compareTo(DumpVerdict.INTERRUPTED) <= 0;
    }

    /** The same with what the evidence around it says. */
    public Dump with(List<Fault> more, CookieIndex missed) {
        if (more.isEmpty()) {
            return this;
        }
        List<Fault> all = new ArrayList<>(faults);
        all.addAll(more);
        return new Dump(
                begin, end, request, order, datagrams, rows, cookies, missed, List.copyOf(all), DumpVerdict.of(all),
                ownBytes);
    }
}
