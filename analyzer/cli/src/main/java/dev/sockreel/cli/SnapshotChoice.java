package dev.sockreel.cli;

import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.export.Rfc3339;
import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which snapshots of a capture: one by number or time, all, or the last that is complete for what is asked. */
final class SnapshotChoice {
    @ArgGroup
    private One one = new One();

    static final class One {
        @Option(names = "--snapshot", paramLabel = "N", description = "Snapshot N, from 0.")
        private @Nullable Integer number;

        @Option(names = "--at", paramLabel = "TIME",
                description = "The last snapshot that began by then: 2026-11-22T14:32:00Z, 14:32, -5m, +90s.")
        private @Nullable String at;

        @Option(names = "--all", description = "All snapshots, one after another.")
        private boolean all;
    }

    /** Takes the chosen snapshots. */
    interface Visitor {
        void visit(Snapshot snapshot) throws IOException;
    }

    /**
     * Reads the capture to its end, so that its damage is known whatever was chosen.
     *
     * @param wanted dumps that are asked for
     * @throws IllegalArgumentException one sentence, when there is no such snapshot or time
     */
    void visit(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err, Visitor visitor) throws IOException {
        if (one.all) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                visitor.visit(s);
            }
            return;
        }
        Snapshot chosen = choose(reader, wanted);
        say(chosen, err);
        visitor.visit(chosen);
    }

    boolean isAll() {
        return one.all;
    }

    /** For formats that hold a single snapshot. */
    Snapshot choose(SnapshotReader reader, Predicate<Dump> wanted) throws IOException {
        long atNs = one.at == null ? 0 : time(reader, one.at);
        Snapshot chosen = null;
        boolean chosenIsComplete = false;
        int last = -1;
        Snapshot s;
        while ((s = reader.next()) != null) {
            last = s.index();
            if (one.number != null) {
                chosen = s.index() == one.number ? s : chosen;
            } else if (one.at != null) {
                chosen = s.begin().realtimeNs() <= atNs ? s : chosen;
            } else {
                boolean complete = isComplete(s, wanted);
                if (complete || !chosenIsComplete) {
                    chosen = s;
                    chosenIsComplete = complete;
                }
            }
        }
        if (chosen == null) {
            throw new IllegalArgumentException(last < 0
                    ? reader.capture().path() + " holds no snapshot"
                    : one.number != null
                            ? "there is no snapshot " + one.number + ": they are 0 to " + last
                            : "no snapshot had begun by " + one.at);
        }
        return chosen;
    }

    private static boolean isComplete(Snapshot s, Predicate<Dump> wanted) {
        List<Dump> dumps = s.dumps().stream().filter(wanted).toList();
        return s.isFinished()
                && dumps.stream().anyMatch(Dump::isComplete)
                && dumps.stream().allMatch(d -> d.isComplete() || d.verdict() == DumpVerdict.UNAVAILABLE);
    }

    private static long time(SnapshotReader reader, String text) throws IOException {
        List<GroupEntry> groups = reader.capture().groups().stream()
                .filter(g -> g.realtimeNs() != ReceiveTime.UNKNOWN)
                .toList();
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("the capture has no times: choose with --snapshot N");
        }
        long first = groups.stream().mapToLong(GroupEntry::realtimeNs).min().orElseThrow();
        long last = groups.stream().mapToLong(GroupEntry::realtimeNs).max().orElseThrow();
        return SnapshotTime.parse(text, first, last);
    }

    private void say(Snapshot s, PrintWriter err) {
        if (one.number == null) {
            String at = Rfc3339.of(s.begin().realtimeNs());
            err.println("snapshot " + s.index() + (at == null ? "" : ", " + at));
            err.flush();
        }
    }
}
