package dev.sockreel.detector;

import dev.sockreel.finding.Certainty;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;
import java.util.List;

/** Phrases that several findings share. */
final class FindingPhrases {
    static String range(long first, long last) {
        return first == last ? Long.toString(last) : first + " to " + last;
    }

    /** Returns {@code 1 unread byte}, {@code 9 unread bytes} or {@code 10 to 20 bytes}. */
    static String bytes(long first, long last, String kind) {
        return range(first, last) + (kind.isEmpty() ? "" : " " + kind) + (first == 1 && last == 1 ? " byte" : " bytes");
    }

    /** Returns what waits to be received, in words that fit the queue's meaning. */
    static String waiting(Window window) {
        Queue last = window.last().recvQ();
        long from = window.first().recvQ().kernelNumber();
        String range = range(from, last.kernelNumber());
        return switch (last.meaning()) {
            case UNREAD_BYTES -> bytes(from, last.kernelNumber(), "unread");
            case SEQUENCE_BYTES -> range + " bytes of sequence space";
            case FIRST_DATAGRAM_BYTES -> "a first datagram of " + range + " bytes";
            case MEMORY_BYTES -> "data that takes " + range + " bytes of memory";
            default -> "something";
        };
    }

    /** Limits the certainty of findings from rows of /proc/net: they have no cookie, so nothing is proved. */
    static Certainty atMost(Track track, Certainty certainty) {
        return certainty == Certainty.PROVED && track.last().socket().cookie() == Socket.NO_COOKIE
                ? Certainty.LIKELY : certainty;
    }

    /** Returns {@code in 5 snapshots (4.1 s)}. */
    static String during(Window window) {
        return "in " + Counted.of(window.snapshots(), "snapshot") + " (" + span(window) + ")";
    }

    /** Returns the length of the window. */
    private static String span(Window window) {
        if (!window.first().time().isKnown() || !window.last().time().isKnown()) {
            return "at times the source does not tell";
        }
        return Span.text(window.last().time().realtimeNs() - window.first().time().realtimeNs());
    }

    static String lookAtOwners(SocketRow row) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return "Who holds it was not recorded: record as root with --owners each.";
        }
        if (owners.isEmpty()) {
            return "No process holds it: look for a descriptor in flight (SCM_RIGHTS) or a kernel user.";
        }
        Owner first = owners.getFirst();
        String who = "process %d (%s)".formatted(first.pid(), first.comm())
                + (owners.size() > 1 ? " and %d more hold it".formatted(owners.size() - 1)
                        : " holds it as descriptor " + first.fd());
        if (owners.stream().allMatch(Owner::isStopped)) {
            return "Continue it: " + who + " and is stopped (state " + first.state() + "): kill -CONT " + first.pid()
                    + ".";
        }
        return "See what it does instead: " + who
                + "; /proc/%d/stack, gdb or strace -p %d tell.".formatted(first.pid(), first.pid());
    }

    private FindingPhrases() {}
}
