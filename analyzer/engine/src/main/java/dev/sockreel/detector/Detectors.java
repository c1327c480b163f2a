package dev.sockreel.detector;

import java.util.List;

/** All detectors. */
final class Detectors {
    static final List<Detector> ALL = List.of(
            new UnreadStuck(),
            new UnreadUnproven(),
            new UnreadSlow(),
            new EofUnread(),
            new NeverAccepted(),
            new AcceptQueueFull(),
            new ConnectHangs(),
            new AcceptQueueWaiting(),
            new SendStalled(),
            new NoOwnerUnread(),
            new Drops(),
            new UnixPeerStuck(),
            new UnixSenderHangs(),
            new UnixConnectHangs());

    private Detectors() {}
}
