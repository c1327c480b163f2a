package dev.sockreel.cause;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Victim;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.List;

/** Severity is impact: critical where somebody is blocked, or where proved unread data grows. */
final class Impact {
    /** Returns the severity of a cause. */
    static Severity severity(Group group, List<Victim> victims) {
        Severity highest = Severity.INFO;
        for (Group.Member m : group.members()) {
            Severity s = m.found().finding().severity();
            highest = s.compareTo(highest) > 0 ? s : highest;
        }
        return hangs(group, victims) ? Severity.CRITICAL : highest;
    }

    private static boolean hangs(Group group, List<Victim> victims) {
        return victims.stream().anyMatch(Victim::isBlocked) && lasts(group);
    }

    /** Returns whether it lasts to the end of what was seen; what is over blocks nobody any more. */
    static boolean lasts(Group group) {
        return group.own().stream().anyMatch(f -> f.window().last().turn() >= f.track().lastTurn());
    }

    /**
     * Returns the finding with the weight that the cause's victims give it: data that nobody reads is critical when its
     * sender hangs, and a sender that hangs makes it likely that nobody reads what cannot be proved.
     */
    static Finding weighed(Found found, Severity cause, List<Track> otherEnds) {
        Finding f = found.finding();
        boolean raises = switch (f.id()) {
            case "unread-stuck", "unread-unproven", "never-accepted", "send-stalled", "unix-peer-stuck" -> true;
            default -> false;
        };
        if (!raises || cause != Severity.CRITICAL || f.severity() == Severity.CRITICAL) {
            return f;
        }
        boolean victimItself = f.id().equals("send-stalled") || f.id().equals("unix-peer-stuck");
        List<Track> sufferers = victimItself ? List.of(found.track()) : otherEnds;
        // that a queue stands still proves nothing where the reader's own numbers prove nothing
        boolean hangs = sufferers.stream().anyMatch(t -> f.certainty() == Certainty.CANNOT_TELL
                ? Blocking.isSeen(t, found) : Boolean.TRUE.equals(Blocking.of(t, found)));
        if (!hangs) {
            return f;
        }
        Certainty certainty = f.certainty() == Certainty.CANNOT_TELL ? Certainty.LIKELY : f.certainty();
        return f.weighed(Severity.CRITICAL, certainty,
                victimItself ? "its sender hangs in the call" : "a sender hangs on it");
    }

    private Impact() {}
}
