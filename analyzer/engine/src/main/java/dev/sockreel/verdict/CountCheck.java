package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText.When;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpTotals;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.dump.SocketTotals;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks that a dump lists as many sockets as the kernel counted just before and just after the dumps, less a
 * tolerance.
 *
 * <p>Sockets come and go between the counts and the dump, so the tolerance is the difference of the two counts plus 2 %
 * of the smaller one, at least 2: as many sockets may have closed as opened. For unix it also includes sockets that the
 * kernel counts but does not list: each pending connection (listed only after accept()) together with its client, which
 * may have closed already; and closed sockets that live on: the other end of a socket whose peer has no inode, and
 * senders whose data waits in a datagram socket, up to as many as its queue holds.
 *
 * <p>The check therefore misses a few missing sockets, but finds a dump that ended early. More sockets than counted are
 * no fault: the counts were taken at another moment.
 */
final class CountCheck implements DumpCheck {
    static final int MIN_TOLERANCE = 2;
    private static final int TOLERANCE_DIVISOR = 50;

    private record Listed(long sockets, long unlisted) {}

    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        if (!SocketCounts.counts(dump.family()) || !dump.arrivedWhole() || !DumpCookies.listsAll(dump.request())) {
            return Optional.empty();
        }
        OptionalLong first = count(dump, around, When.BEFORE_DUMPS);
        OptionalLong last = count(dump, around, When.AFTER_DUMPS);
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        long before = first.orElse(last.orElse(0));
        long after = last.orElse(before);
        long counted = Math.min(before, after);
        Listed listed = listed(dump);
        long tolerance =
                Math.abs(after - before) + Math.max(MIN_TOLERANCE, counted / TOLERANCE_DIVISOR) + listed.unlisted();
        return counted - listed.sockets() <= tolerance ? Optional.empty() : Optional.of(new Fault(
                DumpFault.COUNT_MISMATCH, dump.family(),
                ("%s listed, but the kernel counted %d before and %d after the dumps;"
                        + " up to %d fewer would be normal")
                        .formatted(Counted.of(listed.sockets(), "socket is", "sockets are"), before, after,
                                tolerance)));
    }

    private static OptionalLong count(Dump dump, Surroundings around, When when) {
        return around.counts().of(dump.begin().netns(), dump.family(), when);
    }

    private static Listed listed(Dump dump) {
        DumpTotals totals = dump.totals();
        if (totals != null) {
            return new Listed(totals.counted(), totals.unlisted());
        }
        boolean unix = dump.request().family() == Family.AF_UNIX;
        long sockets = 0;
        long unlisted = 0;
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            Socket s = cursor.socket();
            if (unix) {
                sockets++;
                unlisted += SocketTotals.unlistedWith(s);
            } else if (SocketTotals.isCounted(s)) {
                sockets++;
            }
        }
        return new Listed(sockets, unlisted);
    }
}
