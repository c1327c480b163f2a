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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the sockets that a {@link SocketSpec} matches over all snapshots; it should be exactly one. */
public final class Candidates {
    /** Sockets kept at most. Beyond that, only that there are more is recorded. */
    private static final int MAX_KEPT = 1000;
    private static final int MAX_LISTED = 10;

    /**
     * One socket that matches.
     *
     * @param first    first snapshot that lists it
     * @param last     last snapshot that lists it
     * @param row      the socket in the last snapshot whose dumps of its kind are complete, or else in the last
     * @param complete true if the dumps of that snapshot are complete
     * @param listens  true if it is a listener in any snapshot
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

    /** @param among the rows that may be meant */
    public void add(Snapshot snapshot, Predicate<SocketRow> among) {
        new SnapshotSockets(snapshot).forEach(row -> {
            if (among.test(row) && spec.takes().test(row)) {
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

    /** Returns the listeners if a bound name was given and any match, or else all matches. */
    private List<Candidate> matches() {
        List<Candidate> all = List.copyOf(found.values());
        List<Candidate> listeners = all.stream().filter(Candidate::listens).toList();
        return spec.binding() && !listeners.isEmpty() ? listeners : all;
    }

    /**
     * Returns the one socket that matches, as listed in the last complete snapshot (or else the last) that lists it;
     * null when none or several match.
     */
    @Nullable
    public SocketRow one() {
        List<Candidate> matches = matches();
        return matches.size() == 1 ? matches.getFirst().row() : null;
    }

    /**
     * Prints why {@link #one} is null.
     *
     * @param where name of the capture
     * @return the exit code
     */
    public int printFailure(String where, PrintWriter err) {
        List<Candidate> matches = matches();
        if (matches.isEmpty()) {
            err.println(Terminal.printable("sockreel: " + where + ": " + (withoutIdentity
                    ? "\"" + spec.text() + "\" matches only sockets without cookie and inode, which cannot be"
                            + " identified"
                    : "no socket matches \"" + spec.text() + "\"; SOCKET is " + SocketSpec.FORMS)));
            err.flush();
            return ExitCode.FAILED;
        }
        err.println(Terminal.printable("\"" + spec.text() + "\" matches " + (more ? "more than " : "")
                + matches.size() + " sockets; use the cookie of one:"));
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
