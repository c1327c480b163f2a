package dev.sockreel.history;

import dev.sockreel.snapshot.DumpScope;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Listed;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a snapshot tells nothing about a socket that it does not list.
 *
 * @param family  of the dump that should have listed it (tcp4, unix, …); null when there is none
 * @param verdict of that dump, the best one when there are several; null when there is none
 * @param why     one clause
 */
public record Hindrance(@Nullable String family, @Nullable DumpVerdict verdict, String why) {
    public static final Hindrance OTHER_BOOT =
            new Hindrance(null, null, "the snapshot is of another host or another boot");

    /** The same but for the numbers in the clause. */
    boolean isLike(Hindrance other) {
        return Objects.equals(family, other.family)
                && verdict == other.verdict
                && (verdict != null || why.equals(other.why));
    }

    /** @param row as another snapshot of the same boot listed it */
    public static Hindrance of(Listed snapshot, SocketRow row) {
        if (row.socket().cookie() == Socket.NO_COOKIE) {
            return new Hindrance(null, null, "the snapshot has no whole text of /proc/net that would list it");
        }
        return snapshot.best(row)
                .map(Hindrance::of)
                .orElse(new Hindrance(null, null,
                        "no dump of the snapshot asked for all sockets of its kind and state"));
    }

    private static Hindrance of(DumpScope dump) {
        return new Hindrance(dump.family(), dump.verdict(), "the %s dump is %s%s".formatted(
                dump.family(), dump.verdict().id(), dump.why().isEmpty() ? "" : ": " + dump.why()));
    }
}
