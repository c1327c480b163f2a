package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Family;

/** Counts what the dumps of all namespaces brought, for people. */
final class DumpTally {
    private long sockets = RecordedSoFar.NOT_COUNTED;
    private int unfinished;

    synchronized void add(Family family, DumpReceiver.Result result) {
        boolean isRepeated = family.id().startsWith(family.kind() + "-"); // unix-icons lists listeners again
        boolean isWhole = result.outcome() == DumpEnd.Outcome.DONE && result.errno() == 0;
        if (!isRepeated && (isWhole || result.sockets() > 0)) {
            sockets = Math.max(0, sockets) + result.sockets();
        }
        unfinished += isWhole || result.handlerMissing() ? 0 : 1;
    }

    /** Returns the number of sockets listed since the last call; {@link RecordedSoFar#NOT_COUNTED} if no dump listed any. */
    synchronized long takeSockets() {
        long out = sockets;
        sockets = RecordedSoFar.NOT_COUNTED;
        return out;
    }

    /** Returns the number of dumps so far that the kernel did not answer to the end. */
    synchronized int unfinished() {
        return unfinished;
    }
}
