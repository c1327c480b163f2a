package dev.sockreel.history;

import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.snapshot.DumpScope;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a snapshot shows nothing about a socket that it does not list.
 *
 * @param family  of the dump that should have listed it (tcp4, unix, …); null when there is none
 * @param verdict of that dump, the best one when there are several; null when there is none
 * @param why     one clause
 */
public record NotObservedReason(@Nullable String family, @Nullable DumpVerdict verdict, String why) {
    public static final NotObservedReason OTHER_BOOT =
            new NotObservedReason(null, null, "the snapshot is of another host or another boot");

    /** Returns whether both are equal except for the numbers in the clause. */
    boolean isLike(NotObservedReason other) {
        return Objects.equals(family, other.family)
                && verdict == other.verdict
                && (verdict != null || why.equals(other.why));
    }

    /**
     * Returns the reason for a socket.
     *
     * @param row as another snapshot of the same boot listed it
     */
    public static NotObservedReason of(SnapshotCookies snapshot, SocketRow row) {
        if (row.socket().cookie() == Socket.NO_COOKIE) {
            return new NotObservedReason(null, null,
                    "the snapshot has no complete text of /proc/net that would list it");
        }
        return snapshot.best(row)
                .map(NotObservedReason::of)
                .orElse(new NotObservedReason(null, null,
                        "no dump of the snapshot asked for all sockets of its kind and state"));
    }

    private static NotObservedReason of(DumpScope dump) {
        return new NotObservedReason(dump.family(), dump.verdict(), "the %s dump is %s%s".formatted(
                dump.family(), dump.verdict().id(), dump.why().isEmpty() ? "" : ": " + dump.why()));
    }
}
