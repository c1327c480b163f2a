package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Family;

/** Counts what the dumps of all namespaces brought, for people. */
final class DumpTally {
    private long sockets;
    private int unfinished;

    synchronized void add(Family family, DumpReceiver.Result result) {
        boolean isRepeated = family.id().startsWith(family.kind() + "-"); // unix-icons lists listeners again
        sockets += isRepeated ? 0 : result.sockets();
        boolean isWhole = result.outcome() == DumpEnd.Outcome.DONE && result.errno() == 0;
        unfinished += isWhole || result.handlerMissing() ? 0 : 1;
    }

    /** Returns the number of sockets listed since the last call. */
    synchronized long takeSockets() {
        long out = sockets;
        sockets = 0;
        return out;
    }

    /** Returns the number of dumps so far that the kernel did not answer to the end. */
    synchronized int unfinished() {
        return unfinished;
    }
}
