package dev.sockreel.cause;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.What;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Decides which kind of cause each finding belongs to. A socket with several findings has one kind of cause. */
final class Kinds {
    private static final Set<String> READING =
            Set.of("unread-stuck", "unread-unproven", "no-owner-unread", "eof-unread");

    /** The reader of one socket, as its findings show it. */
    private static final class Reader {
        private boolean reads;
        private boolean slow;
        private boolean closing;
        private boolean sure;
        private boolean drops;

        void add(Found f) {
            boolean reading = READING.contains(f.finding().id());
            boolean isSlow = f.finding().id().equals("unread-slow");
            reads |= reading || isSlow;
            slow |= isSlow || reading && f.moves(); // it pauses as it does
            closing |= reading && f.window().last().state() == TcpState.CLOSE_WAIT;
            sure |= reading && f.finding().certainty() != Certainty.CANNOT_TELL;
            drops |= f.finding().id().equals("drops") && f.finding().severity() != Severity.INFO;
        }

        What kind() {
            return slow ? What.SLOW_READING
                    : closing ? What.NOT_CLOSING
                    : sure ? What.NOT_READING
                    : drops ? What.DROPS : What.WAITING;
        }
    }

    private final IdentityHashMap<Track, Reader> readers = new IdentityHashMap<>();

    Kinds(List<Found> all) {
        all.forEach(f -> readers.computeIfAbsent(f.track(), t -> new Reader()).add(f));
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
            case "drops" -> reads(found) ? reading(found) : What.DROPS;
            case "send-stalled" -> stalled(found);
            case "piling-up" -> piling(found);
            default -> READING.contains(id) ? reading(found) : What.WAITING;
        };
    }

    private static What stalled(Found found) {
        return found.moves() ? What.SLOW_READING
                : found.window().observations().stream().allMatch(o -> o.tcp().isRefused())
                        ? What.PEER_TAKES_NO_MORE
                : What.NO_ACKS;
    }

    private What piling(Found found) {
        if (!found.listeners().isEmpty() || found.window().last().isUnaccepted()) {
            return What.NOT_ACCEPTING;
        }
        return reads(found) ? reading(found)
                : found.window().last().state() == TcpState.CLOSE_WAIT ? What.NOT_CLOSING : What.NOT_READING;
    }

    private boolean reads(Found found) {
        Reader reader = readers.get(found.track());
        return reader != null && reader.reads;
    }

    private What reading(Found found) {
        Reader reader = readers.get(found.track());
        return reader == null ? What.WAITING : reader.kind();
    }
}
