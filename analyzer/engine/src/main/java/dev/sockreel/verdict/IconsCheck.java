package dev.sockreel.verdict;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.wording.Counted;
import java.util.Optional;

/**
 * Finds dumps that ended early because of an oversized UNIX_DIAG_ICONS attribute.
 *
 * <p>The attribute has 4 bytes for each pending connection of a unix listener. If it does not fit into an empty buffer,
 * the kernel ends the dump there with a clean NLMSG_DONE. A second dump of the same moment without ICONS reveals it:
 * listeners are missing, and at least one of them has too many pending connections. A missing listener with few pending
 * connections proves nothing, as it may have been closed in between.
 */
final class IconsCheck implements DumpCheck {
    /** The kernel's first buffer of a dump is a page less its own headers; later ones are larger. */
    private static final int SMALLEST_BUFFER_BYTES = 3000;
    private static final int ICON_BYTES = 4;
    private static final int LISTEN = 10;

    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        DumpRequest request = dump.request();
        if (request.family() != Family.AF_UNIX || !request.asksFor(DumpRequest.UDIAG_SHOW_ICONS)
                || !dump.arrivedWhole()) {
            return Optional.empty();
        }
        return around.snapshot().dumps().stream()
                .filter(d -> d.begin().netns() == dump.begin().netns() && isPlainListing(d))
                .flatMap(d -> compare(dump, d).stream())
                .findFirst();
    }

    private static boolean isPlainListing(Dump d) {
        return d.request().family() == Family.AF_UNIX
                && !d.request().asksFor(DumpRequest.UDIAG_SHOW_ICONS)
                && (d.request().states() & 1 << LISTEN) != 0
                && d.arrivedWhole();
    }

    private static Optional<Fault> compare(Dump withIcons, Dump plain) {
        int listeners = 0;
        int missing = 0;
        long maxPending = 0;
        SocketCursor cursor = plain.cursor();
        while (cursor.next()) {
            if (!cursor.socket().isListener()) {
                continue;
            }
            listeners++;
            if (withIcons.cookies().row(cursor.socket().cookie()) < 0) {
                missing++;
                maxPending = Math.max(maxPending,
                        cursor.socket().recvQ() instanceof Queue.PendingConnections q ? q.connections() : 0);
            }
        }
        if (maxPending * ICON_BYTES < SMALLEST_BUFFER_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new Fault(DumpFault.ICONS_OVERFLOW, withIcons.family(),
                "%d of %s %s with %s".formatted(
                        missing, Counted.of(listeners, "listener"),
                        missing == 1 ? "is missing," : "are missing, one of them",
                        Counted.of(maxPending, "pending connection"))));
    }
}
