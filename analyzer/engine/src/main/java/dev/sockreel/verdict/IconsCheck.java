package dev.sockreel.verdict;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketTotals;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
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
    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        DumpRequest request = dump.request();
        if (request.family() != Family.AF_UNIX || !request.asksFor(DumpRequest.UDIAG_SHOW_ICONS)
                || !dump.arrivedWhole()) {
            return Optional.empty();
        }
        UnixListeners.Listing plain = around.listeners().withMissing(dump, SocketTotals.MIN_CROWDED);
        return plain == null ? Optional.empty() : Optional.of(fault(dump, plain));
    }

    private static Fault fault(Dump withIcons, UnixListeners.Listing plain) {
        int missing = plain.missing(withIcons);
        return new Fault(DumpFault.ICONS_OVERFLOW, withIcons.family(),
                "%d of %s %s with %s".formatted(
                        missing, Counted.of(plain.listeners(), "listener"),
                        missing == 1 ? "is missing," : "are missing, one of them",
                        Counted.of(plain.maxPending(withIcons), "pending connection")));
    }
}
