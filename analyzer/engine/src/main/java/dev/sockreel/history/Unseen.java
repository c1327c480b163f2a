package dev.sockreel.history;

import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Fault;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a snapshot tells nothing about a socket that it does not list.
 *
 * @param family  of the dump that should have listed it (tcp4, unix, …); null when there is none
 * @param verdict of that dump, the best one when there are several; null when there is none
 * @param why     one clause
 */
public record Unseen(@Nullable String family, @Nullable DumpVerdict verdict, String why) {
    static final Unseen OTHER_BOOT = new Unseen(null, null, "the snapshot is of another host or another boot");

    /** The same but for the numbers in the clause. */
    boolean isLike(Unseen other) {
        return Objects.equals(family, other.family)
                && verdict == other.verdict
                && (verdict != null || why.equals(other.why));
    }

    /** @param row as another snapshot of the same boot listed it */
    static Unseen of(Snapshot snapshot, SocketRow row) {
        Socket socket = row.socket();
        if (socket.cookie() == Socket.NO_COOKIE) {
            return new Unseen(null, null, "the snapshot has no whole text of /proc/net that would list it");
        }
        List<Dump> ofItsKind = snapshot.dumps().stream()
                .filter(d -> snapshot.netnsInode(d.begin().netns()) == row.netns())
                .filter(d -> d.request().covers(socket))
                .toList();
        return ofItsKind.stream()
                .min(Comparator.comparing(Dump::verdict))
                .map(Unseen::of)
                .orElse(new Unseen(null, null, "no dump of the snapshot asked for all sockets of its kind and state"));
    }

    private static Unseen of(Dump dump) {
        String why = dump.faults().stream()
                .filter(f -> f.kind().verdict() == dump.verdict())
                .map(Fault::why)
                .findFirst()
                .orElse("");
        return new Unseen(dump.family(), dump.verdict(),
                "the %s dump is %s%s".formatted(dump.family(), dump.verdict().id(), why.isEmpty() ? "" : ": " + why));
    }
}
