package dev.sockreel.unseen;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;
import java.util.List;

/** Sockets whose owners are not known. */
final class OwnersRule implements UnseenRule {
    /** uapi/linux/netlink.h. */
    private static final int NETLINK_SOCK_DIAG = 4;

    @Override
    public List<Unseen> of(Circumstances c) {
        Snapshot snapshot = c.snapshot();
        OwnerTable owners = snapshot.owners();
        if (!c.isWhole() || (owners.isComplete() && owners.scanSnapshot() == snapshot.index())) {
            return List.of(); // owners come last: a damaged capture may have lost them
        }
        int sockets = c.unowned().of(snapshot, owners.basis(snapshot.index()), s -> s.inode() > 0
                && !owners.knows(s.inode(), snapshot.index()) && isOfInterest(s));
        return sockets == 0 ? List.of() : List.of(unseen(c, owners, sockets));
    }

    /**
     * Returns whether the socket's owner matters. Nobody holds the kernel's ends of netlink, and the sockets that ask
     * sock_diag belong to the recorder itself, new ones each time.
     */
    private static boolean isOfInterest(Socket s) {
        boolean asksSockDiag =
                s.family() == Family.AF_NETLINK && s.local() instanceof NetlinkAddress own
                        && own.protocol() == NETLINK_SOCK_DIAG;
        return !asksSockDiag && !s.isKernelsOwn();
    }

    private static Unseen unseen(Circumstances c, OwnerTable owners, long sockets) {
        if (!owners.isRecorded()) {
            return c.isImport()
                    ? unknownOwners("owners-not-recorded", "the source does not name processes", sockets,
                            "record that host with sockreel as root, or put fdmap.tsv beside a datagram-log")
                    : unknownOwners("owners-not-recorded", "no owners were recorded", sockets,
                            "record with --owners each");
        }
        if (!owners.isFinished()) {
            return unknownOwners("owners-cut-off", "the end of the scan for owners is not in the capture", sockets, "");
        }
        if (owners.unreadable() > 0) {
            return notPermitted(c.snapshot(), owners, sockets);
        }
        return unknownOwners("owners-older", "owners were last scanned in snapshot " + owners.scanSnapshot(),
                sockets,
                "record with --owners each");
    }

    /**
     * Returns the gap when processes could not be examined. Even with all capabilities, a security module or a user
     * namespace may prevent it.
     */
    private static Unseen notPermitted(Snapshot snapshot, OwnerTable owners, long sockets) {
        List<String> missing = Capability.missing(
                snapshot.host().get(HostEvidence.CAPABILITIES), Capability.SYS_PTRACE, Capability.DAC_READ_SEARCH);
        String why = "the descriptors of %d of %s could not be read".formatted(
                owners.unreadable(), Counted.of(owners.unreadable() + owners.scanned(), "process", "processes"));
        return missing.isEmpty()
                ? unknownOwners("owners-not-permitted", why, sockets, "")
                : unknownOwners("owners-not-permitted", why + " (without " + UnseenPhrases.list(missing) + ")", sockets,
                        "record as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
    }

    private static Unseen unknownOwners(String id, String why, long sockets, String remedy) {
        return new Unseen(id, List.of(), why, "the owners of " + UnseenPhrases.sockets(sockets, "") + " are unknown",
                sockets,
                remedy,
                true);
    }
}
