package dev.sockreel.cli.choosing;

import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.RowText;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.dump.Dump;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets that the words name, over all snapshots: it should be one. */
public final class Candidates {
    /** So many are told apart; of more it is only said that there are more. */
    private static final int MAX_KEPT = 1000;
    private static final int MAX_LISTED = 10;

    /**
     * @param first   snapshot that lists it
     * @param last    snapshot that lists it
     * @param row     of the last of these whose dumps of its kind are complete; else of the last
     * @param complete   they are
     * @param listens in any of them
     */
    private record Candidate(int first, int last, SocketRow row, boolean complete, boolean listens) {
        Candidate and(Candidate later) {
            Candidate better = later.complete || !complete ? later : this;
            return new Candidate(first, later.last, better.row, better.complete, listens || later.listens);
        }
    }

    private final SocketSpec spec;
    private final Map<SocketIdentity, Candidate> found = new LinkedHashMap<>();
    private boolean more;
    private boolean withoutIdentity;

    public Candidates(SocketSpec spec) {
        this.spec = spec;
    }

    public void add(Snapshot snapshot) {
        new SnapshotSockets(snapshot).forEach(row -> {
            if (spec.takes().test(row)) {
                add(row, snapshot);
            }
        });
    }

    private void add(SocketRow row, Snapshot snapshot) {
        SocketIdentity identity = row.identity();
        if (identity == null) {
            withoutIdentity = true;
            return;
        }
        Candidate known = found.get(identity);
        boolean listens = row.socket().isListener();
        if (known == null && found.size() >= MAX_KEPT && !(spec.binding() && listens)) {
            more = true;
            return;
        }
        boolean complete = snapshot.dumps().stream()
                .filter(d -> d.request().isOfKind(row.socket()))
                .allMatch(Dump::isComplete);
        Candidate now = new Candidate(row.snapshot(), row.snapshot(), row.hold(), complete, listens);
        found.put(identity, known == null ? now : known.and(now));
    }

    private List<Candidate> matches() {
        List<Candidate> all = List.copyOf(found.values());
        List<Candidate> listeners = all.stream().filter(Candidate::listens).toList();
        return spec.binding() && !listeners.isEmpty() ? listeners : all;
    }

    /**
     * The one that the words name, as the last snapshot that lists it shows it, of the complete ones if there are any;
     * null when they name none or several.
     */
    @Nullable
    public SocketRow one() {
        List<Candidate> matches = matches();
        return matches.size() == 1 ? matches.getFirst().row() : null;
    }

    /**
     * Why {@link #one} is null.
     *
     * @param where the capture's name
     * @return the exit code
     */
    public int printFailure(String where, PrintWriter err) {
        List<Candidate> matches = matches();
        if (matches.isEmpty()) {
            err.println(Terminal.printable("sockreel: " + where + ": " + (withoutIdentity
                    ? "what \"" + spec.text() + "\" names has neither cookie nor inode, so nothing tells it from others"
                    : "no socket is named by \"" + spec.text() + "\"; a socket is " + SocketSpec.FORMS)));
            err.flush();
            return ExitCode.FAILED;
        }
        err.println(Terminal.printable("\"" + spec.text() + "\" names " + (more ? "more than " : "") + matches.size()
                + " sockets; give the cookie of one:"));
        matches.stream().limit(MAX_LISTED).forEach(c -> err.println(line(c)));
        if (matches.size() > MAX_LISTED) {
            err.println("  and " + (matches.size() - MAX_LISTED) + " more");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    private static String line(Candidate c) {
        Socket s = c.row().socket();
        String cookie =
                s.cookie() == Socket.NO_COOKIE ? "no cookie, ino:" + s.inode() : Long.toUnsignedString(s.cookie());
        String snapshots =
                c.first() == c.last() ? "snapshot " + c.first() : "snapshots " + c.first() + " to " + c.last();
        return "  " + cookie + "  " + RowText.line(c.row()) + "  (" + snapshots + ")";
    }
}
