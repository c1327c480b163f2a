package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Moment;
import dev.sockreel.history.Reading;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Prints a line for each point of a history; columns without any value are left out. */
final class HistoryTable {
    private static final DateTimeFormatter CLOCK = format("HH:mm:ss.SSS");
    private static final DateTimeFormatter DAY_AND_CLOCK = format("MM-dd HH:mm:ss");
    private static final int LEADING = 3;
    private static final String UNKNOWN = "?";

    private final SocketHistory history;
    private final ShownTimes times;
    private final Function<HistoryPoint, String> label;
    private final DateTimeFormatter clock;

    HistoryTable(SocketHistory history, ShownTimes times, Function<HistoryPoint, String> label) {
        this.times = times;
        this.history = history;
        this.label = label;
        this.clock = isWithinADay(history) ? CLOCK : DAY_AND_CLOCK;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    private static boolean isWithinADay(SocketHistory history) {
        List<HistoryPoint> points = history.points();
        return instant(points.getFirst().first()).atOffset(ZoneOffset.UTC).toLocalDate()
                .equals(instant(points.getLast().last()).atOffset(ZoneOffset.UTC).toLocalDate());
    }

    private static Instant instant(Moment m) {
        return m.time().isKnown() ? Instant.ofEpochSecond(0, m.time().realtimeNs()) : Instant.EPOCH;
    }

    void print(PrintWriter out) {
        HistorySeries series = new HistorySeries(history);
        List<String> headers = new ArrayList<>(List.of("SNAPSHOT", "TIME", "STATE", "RECV-Q", "SEND-Q", "UNREAD"));
        List<List<String>> rows = new ArrayList<>();
        for (HistoryPoint p : history.points()) {
            List<String> row = new ArrayList<>(List.of(
                    label.apply(p), p.first().time().isKnown() ? clock.format(instant(p.first())) : UNKNOWN, state(p)));
            row.addAll(p instanceof Seen s ? queues(s.reading()) : List.of("", "", ""));
            rows.add(row);
        }
        column("IN/s", series.rate(TcpInfo.BYTES_RECEIVED), headers, rows);
        column("READ/s", series.readRate(), headers, rows);
        column("ACKED/s", series.rate(TcpInfo.BYTES_ACKED), headers, rows);
        dropUnread(headers, rows);
        local(headers, rows);
        TextTable.print(headers, rows.stream().map(r -> r.toArray(String[]::new)).toList(), c -> c >= LEADING, out);
    }

    /** Adds the local times behind all others, so that the columns before stay. */
    private void local(List<String> headers, List<List<String>> rows) {
        if (times.local() != null) {
            headers.add("LOCAL");
            for (int i = 0; i < rows.size(); i++) {
                String beside = times.beside(history.points().get(i).first().time().realtimeNs());
                rows.get(i).add(beside.isEmpty() ? UNKNOWN : beside);
            }
        }
    }

    private static String state(HistoryPoint point) {
        return switch (point) {
            case Seen s -> s.reading().state();
            case HistoryPoint.Gone g -> "gone";
            case HistoryPoint.NotYet n -> "not there yet";
            case HistoryPoint.NotObserved n -> "not observed";
        };
    }

    private static List<String> queues(Reading r) {
        String unread = r.unread() >= 0 ? Long.toString(r.unread()) : "";
        return List.of(queue(r.recvQ()), queue(r.sendQ()), unread + (Boolean.TRUE.equals(r.eofUnread()) ? " EOF" : ""));
    }

    private static String queue(Queue queue) {
        return switch (queue) {
            case Queue.NotKnown q -> UNKNOWN;
            case Queue.NotMeasured q -> "-";
            case Queue.None q -> "-";
            default -> Long.toString(queue.kernelNumber());
        };
    }

    /** Removes UNREAD if it adds nothing to RECV-Q. */
    private void dropUnread(List<String> headers, List<List<String>> rows) {
        int recv = headers.indexOf("RECV-Q");
        int unread = headers.indexOf("UNREAD");
        if (rows.stream().allMatch(r -> r.get(unread).isEmpty() || r.get(unread).equals(r.get(recv)))) {
            headers.remove(unread);
            rows.forEach(r -> r.remove(unread));
        }
    }

    /** Adds a column with the rate at the first snapshot of each point, unless no rate is known. */
    private void column(String header, double[] rates, List<String> headers, List<List<String>> rows) {
        List<String> cells = new ArrayList<>();
        boolean any = false;
        for (HistoryPoint p : history.points()) {
            double rate = p instanceof Seen ? rates[p.first().turn()] : Sparkline.ABSENT;
            any |= Double.isFinite(rate);
            cells.add(rate == Sparkline.ABSENT ? "" : Double.isNaN(rate) ? UNKNOWN : HistoryText.number(rate));
        }
        if (any) {
            headers.add(header);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).add(cells.get(i));
            }
        }
    }
}
