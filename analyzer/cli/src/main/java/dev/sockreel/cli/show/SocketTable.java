package dev.sockreel.cli.show;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.render.LookUpTime;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.render.NameForEyes;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints sockets as a table. Unknown values are {@code ?}, never 0, with the reasons below the table. */
final class SocketTable implements SocketPrinter {
    /** Rows that are aligned together; later rows may have other widths. */
    private static final int BATCH_ROWS = 4096;

    private static final String UNKNOWN = "?";
    private static final String NOT_MEASURED = "-";
    private static final String RECORDER = "(recorder)";

    private final Stdout out;
    private final boolean snapshots;
    private final List<String[]> batch = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private boolean namespaces;
    private boolean headerDone;
    private boolean memorySeen;
    private boolean firstDatagramSeen;

    SocketTable(Stdout out, boolean snapshots) {
        this.out = out;
        this.snapshots = snapshots;
    }

    /** Shows the namespaces of sockets from the first snapshot on that has several. */
    @Override
    public void namespaces(int number) throws IOException {
        if (number > 1 && !namespaces) {
            if (!batch.isEmpty()) {
                print();
            }
            namespaces = true;
            headerDone = false;
        }
    }

    @Override
    public void row(SocketRow row) throws IOException {
        Socket s = row.socket();
        List<String> cells = new ArrayList<>(10);
        if (snapshots) {
            cells.add(Integer.toString(row.snapshot()));
        }
        if (namespaces) {
            cells.add(namespace(row));
        }
        cells.add(s.netid());
        cells.add(s.state());
        cells.add(queue(s.recvQ()));
        cells.add(queue(s.sendQ()));
        cells.add(unread(s));
        Map<String, Unknown> unknown = row.unknown();
        cells.add(address(s.local(), row.interfaceName(), unknown.containsKey("local")));
        cells.add(address(row.peer(), null, unknown.containsKey("peer")));
        cells.add(row.isRecorders() ? recorder(row) : owners(row));
        unknown.forEach((field, why) -> count(s, field, why));
        batch.add(cells.toArray(String[]::new));
        if (batch.size() == BATCH_ROWS) {
            print();
        }
    }

    /** Returns the name as {@code -N} takes it. */
    private static String namespace(SocketRow row) {
        String name = row.netnsName();
        return name != null ? NameForEyes.of(name) : row.netns() == 0 ? UNKNOWN : NamespaceChoice.HOST;
    }

    private void count(Socket s, String field, Unknown why) {
        if (isShown(field)) {
            reasons.merge(field + " of " + s.netid() + " sockets: " + why.id(), 1, Integer::sum);
        }
    }

    private static boolean isShown(String field) {
        return switch (field) {
            case "recvQ", "sendQ", "unread", "local", "peer", "owners" -> true;
            default -> false;
        };
    }

    /** Returns the queue's number, with a mark explained in the footnotes if it is neither bytes nor connections. */
    private String queue(Queue queue) {
        return switch (queue) {
            case Queue.NotKnown q -> UNKNOWN;
            case Queue.NotMeasured q -> NOT_MEASURED;
            case Queue.None q -> NOT_MEASURED;
            case Queue.MemoryBytes q -> {
                memorySeen |= q.bytes() > 0;
                yield q.bytes() > 0 ? q.bytes() + "m" : "0";
            }
            case Queue.FirstDatagramBytes q -> {
                firstDatagramSeen |= q.bytes() > 0;
                yield q.bytes() > 0 ? q.bytes() + "+" : UNKNOWN;
            }
            default -> Long.toString(queue.kernelNumber());
        };
    }

    private static String unread(Socket s) {
        if (s.unread().isPresent()) {
            return s.unread().getAsLong() + (Boolean.TRUE.equals(s.eofUnread()) ? " EOF" : "");
        }
        if (s.isListener() || s.recvQ() instanceof Queue.NotMeasured) {
            return NOT_MEASURED;
        }
        return Boolean.TRUE.equals(s.waiting()) ? "some" : Boolean.FALSE.equals(s.waiting()) ? "none" : UNKNOWN;
    }

    private static String address(@Nullable SocketAddress address, @Nullable String device, boolean unknown) {
        if (address == null) {
            return unknown ? UNKNOWN : "*";
        }
        String text = NameForEyes.of(address);
        return device == null ? text : text + " %" + device;
    }

    /** Most of the recorder's sockets live for one request: when owners are looked up nobody holds them any more. */
    private static String recorder(SocketRow row) {
        List<Owner> owners = row.owners();
        return owners == null || owners.isEmpty() ? RECORDER : owners(row) + " " + RECORDER;
    }

    private static String owners(SocketRow row) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return UNKNOWN;
        }
        if (owners.isEmpty()) {
            return "nobody";
        }
        Owner first = owners.getFirst();
        String more = owners.size() > 1 ? " and " + (owners.size() - 1) + " more" : "";
        String asOf = LookUpTime.asOf(owners, row.time());
        return first.comm() + "/" + first.pid() + (first.isStopped() ? " stopped" : "") + more
                + (asOf.isEmpty() ? "" : " (" + asOf + ")");
    }

    private void print() throws IOException {
        String[] header = {"NETID", "STATE", "RECV-Q", "SEND-Q", "UNREAD", "LOCAL", "PEER", "OWNER"};
        List<String> headers = new ArrayList<>(List.of(header));
        if (snapshots) {
            headers.addFirst("SNAPSHOT");
        }
        if (namespaces) {
            headers.add(snapshots ? 1 : 0, "NETNS");
        }
        int numbers = 2 + (snapshots ? 1 : 0) + (namespaces ? 1 : 0);
        TextTable.print(headerDone ? null : headers, batch, c -> c >= numbers && c < numbers + 3,
                c -> c >= numbers + 3, out.text());
        headerDone = true;
        batch.clear();
        out.check();
    }

    @Override
    public void end() throws IOException {
        if (!batch.isEmpty()) {
            print();
        }
        footnotes();
        out.check();
    }

    private void footnotes() {
        List<String> notes = new ArrayList<>();
        if (memorySeen) {
            notes.add("m: memory charged by the kernel, not payload bytes");
        }
        if (firstDatagramSeen) {
            notes.add("+: length of the first datagram only");
        }
        reasons.forEach((reason, count) -> notes.add("?: " + reason + " (" + count + ")"));
        if (!notes.isEmpty()) {
            out.text().println();
            notes.forEach(out.text()::println);
        }
    }
}
