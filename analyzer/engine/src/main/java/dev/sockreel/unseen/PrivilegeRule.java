package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.dump.Dump;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** Values that the kernel reports only to a reader with CAP_NET_ADMIN. */
final class PrivilegeRule implements UnseenRule {
    @Override
    public List<Unseen> of(Circumstances c) {
        Snapshot snapshot = c.snapshot();
        String effective = snapshot.host().get(HostEvidence.CAPABILITIES);
        if (Capability.missing(effective, Capability.NET_ADMIN).isEmpty()) {
            return List.of();
        }
        long sockets = snapshot.dumps().stream().filter(d -> d.request().isInet()).mapToLong(Dump::sockets).sum();
        if (sockets == 0) {
            return List.of();
        }
        return List.of(new Unseen(
                "not-permitted", List.of(), "recorded without CAP_NET_ADMIN",
                "marks, TCP-MD5 use and details of upper layer protocols of " + UnseenPhrases.sockets(sockets, "")
                        + " are unknown",
                sockets, "record as root, or with CAP_NET_ADMIN", false));
    }
}
