package dev.sockreel.detector;

import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Certainty;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.track.Holders;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import dev.sockreel.wording.Counted;
import java.util.List;
import java.util.stream.Collectors;

/** Phrases that several findings share. */
final class FindingPhrases {
    /** Process ids that a sentence lists; there may be hundreds of workers. */
    private static final int MAX_PIDS = 8;

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
            case FIRST_DATAGRAM_BYTES -> "A first datagram of " + range + " bytes";
            case MEMORY_BYTES -> "Data taking " + range + " bytes of memory";
            default -> "Something";
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
            return "at unknown times";
        }
        return Span.text(window.durationNs());
    }

    /**
     * Returns a clause on the time in which all owners were stopped, empty where they were not, or throughout, which
     * {@link #lookAtOwners} says.
     */
    static String stopped(Window window) {
        Window stopped = window.where(o -> o.holders() == Holders.STOPPED);
        if (stopped.snapshots() == 0 || isStoppedThroughout(window)) {
            return "";
        }
        String from = Rfc3339.seconds(stopped.first().time().realtimeNs());
        String to = Rfc3339.seconds(stopped.last().time().realtimeNs());
        return " Every process that holds it was stopped (T) in " + Counted.of(stopped.snapshots(), "snapshot")
                + (from == null ? "" : from.equals(to) ? ", at " + from : ", from " + from + " to " + to) + ".";
    }

    /** Returns whether the owners were stopped in every snapshot of the window that shows their state. */
    static boolean isStoppedThroughout(Window window) {
        Window known = window.where(o -> o.holders() != Holders.UNKNOWN);
        return known.snapshots() > 0
                && known.observations().stream().allMatch(o -> o.holders() == Holders.STOPPED);
    }

    /** Returns what to do about the socket's owners, as they were in the window. */
    static String lookAtOwners(SocketRow row, Window window) {
        return lookAtOwners(row, "it", isStoppedThroughout(window));
    }

    /**
     * Returns what to do about the owners of another socket than the finding's.
     *
     * @param socket the socket's name in the sentence: the peer, the listener
     */
    static String lookAtOwners(SocketRow row, String socket) {
        List<Owner> owners = row.owners();
        return lookAtOwners(row, socket, owners != null && owners.stream().allMatch(Owner::isStopped));
    }

    private static String lookAtOwners(SocketRow row, String socket, boolean stopped) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return (socket.equals("it") ? "Its owner" : "The owner of " + socket)
                    + " was not recorded: record as root with --owners each.";
        }
        if (owners.isEmpty()) {
            return "No process holds " + socket
                    + ": look for a descriptor in flight (SCM_RIGHTS) or a user in the kernel.";
        }
        Owner first = owners.getFirst();
        List<Integer> pids = owners.stream().map(Owner::pid).distinct().toList();
        boolean several = pids.size() > 1;
        String who = "Process %d (%s)".formatted(first.pid(), first.comm())
                + (several ? " and %d more hold %s".formatted(pids.size() - 1, socket)
                        : " holds %s as descriptor %d".formatted(socket, first.fd()));
        if (stopped) {
            return who + (several ? ", and all of them are stopped: continue them with kill -CONT " + listed(pids)
                    : " and is stopped (state T): continue it with kill -CONT " + first.pid())
                    + ".";
        }
        return who + ": find out what " + (several ? "they do" : "it does")
                + " instead, with /proc/%d/stack, gdb -p %d or strace -p %d.".formatted(
                        first.pid(), first.pid(), first.pid());
    }

    private static String listed(List<Integer> pids) {
        return pids.stream().limit(MAX_PIDS).map(String::valueOf).collect(Collectors.joining(" "))
                + (pids.size() > MAX_PIDS ? " …" : "");
    }

    private FindingPhrases() {}
}
