package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.Prose;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.history.Destroyed;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Reading;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.LookUpTime;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints a history as text: the socket, its owners, its queues as sparklines, its points, and why some are unknown. */
final class HistoryText implements HistoryPrinter {
    private final List<Path> files;
    private final ShownTimes times;
    private final Stdout out;
    private final PrintWriter text;
    /** Position of the capture of each snapshot, by turn; empty if there is one capture. */
    private final List<Integer> parts = new ArrayList<>();

    HistoryText(List<Path> files, ShownTimes times, Stdout out) {
        this.times = times;
        this.files = files;
        this.out = out;
        this.text = out.text();
    }

    @Override
    public void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) {
        if (files.size() > 1) {
            parts.add(part);
        }
    }

    @Override
    public void end(SocketHistory history) throws IOException {
        for (int i = 0; i < files.size() && files.size() > 1; i++) {
            text.println("capture " + i + "  " + Terminal.printable(files.get(i).toString()));
        }
        head(history);
        text.println();
        sparklines(history);
        text.println();
        new HistoryTable(history, times, this::label).print(text);
        reasons(history);
        destroyed(history.destroyed());
        out.check();
    }

    /** Returns {@code 3} or {@code 3-5}; with several captures {@code 1:3}, snapshot 3 of the second capture. */
    private String label(HistoryPoint point) {
        String first = label(point.first().turn(), point.first().snapshot());
        String last = label(point.last().turn(), point.last().snapshot());
        return first.equals(last) ? first : first + "-" + last;
    }

    private String label(int turn, int snapshot) {
        return parts.isEmpty() ? Integer.toString(snapshot) : parts.get(turn) + ":" + snapshot;
    }

    private void head(SocketHistory history) {
        SocketRow last = history.last();
        Socket s = last.socket();
        text.println(s.netid() + " " + SocketInWords.ends(last)
                + (s.cookie() == Socket.NO_COOKIE ? "" : "  cookie " + Long.toUnsignedString(s.cookie()))
                + (s.fileInode() > 0 ? "  file inode " + s.fileInode() : ""));
        List<Seen> seen = history.seen();
        int snapshots = history.points().stream().mapToInt(HistoryPoint::snapshots).sum();
        String from = Rfc3339.of(seen.getFirst().first().time().realtimeNs());
        String to = Rfc3339.of(seen.getLast().last().time().realtimeNs());
        text.println("listed in " + history.snapshotsSeen() + " of " + Counted.of(snapshots, "snapshot"));
        if (from != null && to != null) {
            text.println("from " + from + " to " + to);
            local(seen);
        }
        spans(history, HistoryText::holders);
        spans(history, HistoryText::unixPeer);
        lookUp(last);
        if (s.source().equals("proc")) {
            Prose.print(text, "",
                    "This socket comes from /proc/net, which has no cookies. It is matched by inode, state and "
                            + "addresses, so its history is likely, not certain.");
        }
    }

    private void local(List<Seen> seen) {
        String span = times.span(seen.getFirst().first().time().realtimeNs(),
                seen.getLast().last().time().realtimeNs());
        if (!span.isEmpty()) {
            text.println("local " + span);
        }
    }

    /** Prints when the owners of the last row were looked up, if that was before it. */
    private void lookUp(SocketRow last) {
        String own = LookUpTime.asOf(last.owners(), last.time());
        String asOf = own.isEmpty() ? LookUpTime.asOf(last.peerOwners(), last.time()) : own;
        if (!asOf.isEmpty()) {
            text.println("holders in snapshot " + last.snapshot() + " " + asOf);
        }
    }

    private static String holders(Reading r) {
        List<Owner> owners = r.owners();
        if (r.inode() == 0 && (owners == null || owners.isEmpty())) {
            return "no descriptor: not accepted yet, or closed";
        }
        return (owners == null || owners.isEmpty() ? "" : "held by ") + SocketInWords.owners(owners);
    }

    /** Returns the peer of a unix socket; empty for other sockets. */
    private static String unixPeer(Reading r) {
        if (r.peerInode() == Socket.UNKNOWN) {
            return "";
        }
        return r.peerInode() == 0
                ? "peer has no inode: not accepted yet, or closed"
                : "peer inode " + r.peerInode() + ", " + SocketInWords.owners(r.peerOwners());
    }

    /** Prints the text for the readings, one line for each run of readings with the same text. */
    private void spans(SocketHistory history, Function<Reading, String> of) {
        List<Seen> seen = history.seen();
        int from = 0;
        boolean several = seen.stream().map(s -> of.apply(s.reading())).distinct().count() > 1;
        for (int i = 1; i <= seen.size(); i++) {
            String shown = of.apply(seen.get(from).reading());
            if (i < seen.size() && shown.equals(of.apply(seen.get(i).reading()))) {
                continue;
            }
            if (!shown.isEmpty()) {
                String first = label(seen.get(from).first().turn(), seen.get(from).first().snapshot());
                String last = label(seen.get(i - 1).last().turn(), seen.get(i - 1).last().snapshot());
                String when =
                        !several ? "" : first.equals(last) ? " (" + first + ")" : " (" + first + " to " + last + ")";
                text.println(shown + when);
            }
            from = i;
        }
    }

    private void sparklines(SocketHistory history) {
        HistorySeries series = new HistorySeries(history);
        Reading last = history.seen().getLast().reading();
        line("receive queue", series.level(r -> r.unread() >= 0 ? r.unread() : r.recvQ().kernelNumber()),
                unit(last.recvQ()));
        if (!(last.sendQ() instanceof Queue.BacklogLimit)) {
            line("send queue", series.level(r -> r.sendQ().kernelNumber()), unit(last.sendQ()));
        }
        if (last.recvQ() instanceof Queue.PendingConnections) {
            return; // a listener receives nothing, its counters stay 0
        }
        line("received/s", series.rate(TcpInfo.BYTES_RECEIVED), Unit.BYTES);
        line("read/s", series.readRate(), Unit.BYTES);
        line("acked/s", series.rate(TcpInfo.BYTES_ACKED), Unit.BYTES);
        double[] retransmits = series.rate(TcpInfo.TOTAL_RETRANS);
        if (Arrays.stream(retransmits).anyMatch(r -> Double.isFinite(r) && r > 0)) {
            line("retransmits/s", retransmits, new Unit("segment", ""));
        }
    }

    /**
     * A noun for values.
     *
     * @param noun in the singular
     * @param more what follows it
     */
    private record Unit(String noun, String more) {
        static final Unit BYTES = new Unit("byte", "");

        String of(String values) {
            return noun.isEmpty() ? values : values + " " + noun + (values.equals("1") ? "" : "s") + more;
        }
    }

    private static Unit unit(Queue queue) {
        return switch (queue.meaning()) {
            case UNREAD_BYTES, SEQUENCE_BYTES -> Unit.BYTES;
            case PENDING_CONNECTIONS, BACKLOG_LIMIT -> new Unit("connection", "");
            case FIRST_DATAGRAM_BYTES -> new Unit("byte", " of the first datagram only");
            case MEMORY_BYTES -> new Unit("byte", " of memory, not payload");
            case NOT_MEASURED, NONE -> new Unit("", "");
        };
    }

    /** Prints a sparkline and its range, unless no value is known. */
    private void line(String name, double[] values, Unit unit) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (known.length > 0) {
            double lowest = known[0];
            double highest = known[known.length - 1];
            String range = lowest == highest ? number(highest) : number(lowest) + " to " + number(highest);
            text.println("%-13s  %s  %s".formatted(name, Sparkline.of(values), unit.of(range)));
        }
    }

    static String number(double value) {
        return Long.toString(Math.round(value));
    }

    private void destroyed(@Nullable Destroyed destroyed) {
        if (destroyed == null) {
            return;
        }
        String time = times.nanos(destroyed.time().realtimeNs());
        text.println("destroyed" + (time == null ? "" : " at " + time) + discarded(destroyed.discarded()));
    }

    private static String discarded(long bytes) {
        if (bytes == Socket.UNKNOWN) {
            return "";
        }
        return bytes == 0 ? ", nothing was unread"
                : bytes == 1 ? ", 1 byte or EOF unread discarded"
                : ", " + bytes + " bytes unread discarded (an unread EOF counts 1)";
    }

    private void reasons(SocketHistory history) {
        for (HistoryPoint p : history.points()) {
            if (p instanceof NotObserved n) {
                Prose.print(text, "? " + label(p) + ": ", Terminal.sentence(n.why().why()));
            }
        }
    }
}
