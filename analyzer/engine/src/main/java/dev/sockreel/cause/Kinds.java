package dev.sockreel.cause;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.What;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Decides which kind of cause each finding belongs to. A socket with several findings has one kind of cause. */
final class Kinds {
    private static final Set<String> READING =
            Set.of("unread-stuck", "unread-unproven", "no-owner-unread", "eof-unread");

    private final Set<Track> slow = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Track> stuck = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Track> closing = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Track> attended = Collections.newSetFromMap(new IdentityHashMap<>());

    Kinds(List<Found> all) {
        for (Found f : all) {
            if (READING.contains(f.finding().id()) || f.finding().id().equals("unread-slow")) {
                attended.add(f.track());
            }
            switch (f.finding().id()) {
                case "unread-slow" -> slow.add(f.track());
                case "unread-stuck" -> stuck.add(f.track());
                case "eof-unread" -> closing.add(f.track());
                default -> {}
            }
        }
    }

    What of(Found found) {
        Found root = found.root();
        if (root != null) {
            return of(root);
        }
        String id = found.finding().id();
        return switch (id) {
            case "unread-slow" -> What.SLOW_READING;
            case "never-accepted", "accept-queue-full" -> What.NOT_ACCEPTING;
            case "accept-queue-waiting" -> What.WAITING;
            case "connect-hangs" -> found.listeners().isEmpty() ? What.CONNECT_HANGS : What.NOT_ACCEPTING;
            case "held-unlisted" -> What.LEAKING;
            case "drops" -> attended.contains(found.track()) ? reading(found) : What.DROPS;
            case "send-stalled" -> stalled(found);
            case "piling-up" -> piling(found);
            default -> READING.contains(id) ? reading(found) : What.WAITING;
        };
    }

    private static What stalled(Found found) {
        return found.moves() ? What.SLOW_READING
                : found.finding().certainty() == Certainty.PROVED ? What.PEER_TAKES_NO_MORE : What.NO_ACKS;
    }

    private What piling(Found found) {
        if (!found.listeners().isEmpty() || found.window().last().isUnaccepted()) {
            return What.NOT_ACCEPTING;
        }
        return reading(found);
    }

    private What reading(Found found) {
        if (slow.contains(found.track())) {
            return What.SLOW_READING;
        }
        boolean drops = found.finding().id().equals("drops");
        if (closing.contains(found.track()) || found.window().last().state() == TcpState.CLOSE_WAIT) {
            return What.NOT_CLOSING;
        }
        boolean cannotTell = found.finding().certainty() == Certainty.CANNOT_TELL || drops;
        return cannotTell && !stuck.contains(found.track()) ? What.WAITING : What.NOT_READING;
    }
}
