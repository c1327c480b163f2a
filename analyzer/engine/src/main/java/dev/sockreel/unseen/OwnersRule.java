package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.sockdiag.Socket;
import java.util.List;

/** Sockets of which it is not known who holds them. */
final class OwnersRule implements UnseenRule {
    /** As a netlink socket's address begins (uapi/linux/netlink.h). */
    private static final String NETLINK_SOCK_DIAG = "4:";

    @Override
    public List<Unseen> of(Snapshot snapshot) {
        OwnerTable owners = snapshot.owners();
        boolean whole = new Circumstances(snapshot).isWhole();
        if (!whole || (owners.isComplete() && owners.scanSnapshot() == snapshot.index())) {
            return List.of(); // owners come last: a damaged capture may have lost them
        }
        int sockets = new SnapshotSockets(snapshot).count(row -> {
            long inode = row.socket().inode();
            return inode > 0 && !owners.tells(inode, snapshot.index()) && isOfInterest(row.socket());
        });
        return sockets == 0 ? List.of() : List.of(unseen(snapshot, owners, sockets));
    }

    /** Nobody holds the kernel's own ends of netlink, and who asks sock_diag is the recorder itself, each time anew. */
    private static boolean isOfInterest(Socket s) {
        boolean asksSockDiag =
                s.family() == Family.AF_NETLINK && String.valueOf(s.local()).startsWith(NETLINK_SOCK_DIAG);
        return !asksSockDiag && !s.isKernelsOwn();
    }

    private static Unseen unseen(Snapshot snapshot, OwnerTable owners, long sockets) {
        Circumstances c = new Circumstances(snapshot);
        if (!owners.isRecorded()) {
            return c.isImport()
                    ? told("owners-not-recorded", "the source says nothing of processes", sockets,
                            "record that host with sockreel as root, or put fdmap.tsv beside a datagram-log")
                    : told("owners-not-recorded", "no owners were recorded", sockets, "record with --owners each");
        }
        if (!owners.isFinished()) {
            return told("owners-cut-off", "the end of the owners' scan is not in the capture", sockets, "");
        }
        if (owners.unreadable() > 0) {
            return notPermitted(snapshot, owners, sockets);
        }
        return told("owners-older", "owners were last looked for in snapshot " + owners.scanSnapshot(), sockets,
                "record with --owners each");
    }

    /** With all capabilities a security module, or a user namespace, may still be in the way. */
    private static Unseen notPermitted(Snapshot snapshot, OwnerTable owners, long sockets) {
        List<String> missing = Capability.missing(
                snapshot.host().get(HostEvidence.CAPABILITIES), Capability.SYS_PTRACE, Capability.DAC_READ_SEARCH);
        String why = "the descriptors of %d of %d processes could not be read".formatted(
                owners.unreadable(), owners.unreadable() + owners.scanned());
        return missing.isEmpty()
                ? told("owners-not-permitted", why, sockets, "")
                : told("owners-not-permitted", why + " (without " + UnseenPhrases.list(missing) + ")", sockets,
                        "record as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
    }

    private static Unseen told(String id, String why, long sockets, String remedy) {
        return new Unseen(id, List.of(), why, "who holds " + UnseenPhrases.sockets(sockets, "") + " is unknown",
                sockets,
                remedy,
                true);
    }
}
