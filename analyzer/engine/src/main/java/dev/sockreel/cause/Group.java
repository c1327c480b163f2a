package dev.sockreel.cause;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The findings of one cause. */
final class Group {
    /** One finding. */
    record Member(Found found) {
        boolean isOwn() {
            return found.root() == null && !isVictims();
        }

        /** Returns whether the finding's own socket is the victim's, not the one that is at fault. */
        boolean isVictims() {
            return switch (found.finding().id()) {
                case "send-stalled", "unix-peer-stuck", "connect-hangs" -> true;
                default -> false;
            };
        }
    }

    private final CauseKey key;
    private final List<Member> members = new ArrayList<>();
    private final Map<Integer, Owner> owners = new LinkedHashMap<>();
    private final Map<Integer, Integer> socketsByPid = new HashMap<>();
    private boolean ownersKnown;
    private boolean proved = true;
    private @Nullable SocketRow responsible;

    Group(CauseKey key, Responsible first) {
        this.key = key;
        this.responsible = first.row();
    }

    void add(Found found, Responsible who) {
        members.add(new Member(found));
        proved &= who.proved();
        responsible = responsible == null ? who.row() : responsible;
        List<Owner> held = who.owners();
        ownersKnown |= held != null;
        if (held != null) {
            for (Owner owner : held) {
                owners.putIfAbsent(owner.pid(), owner);
                socketsByPid.merge(owner.pid(), 1, Integer::sum);
            }
        }
    }

    void take(Group other) {
        members.addAll(other.members);
        other.owners.forEach(owners::putIfAbsent);
        other.socketsByPid.forEach((pid, sockets) -> socketsByPid.merge(pid, sockets, Integer::sum));
        ownersKnown |= other.ownersKnown;
        proved &= other.proved;
    }

    /**
     * Returns what the cause does. A listener that does not keep the same connections waiting accepts, only too slowly.
     *
     * @param certainty of the cause: what cannot be told of a reader is likely when threads were seen to hang on it
     */
    What what(Certainty certainty, boolean hangs) {
        return switch (key.what()) {
            case WAITING -> !hangs || certainty == Certainty.CANNOT_TELL ? What.WAITING
                    : concernsListener() ? What.NOT_ACCEPTING : What.NOT_READING;
            case NOT_ACCEPTING -> keepsWaiting() || !drained() ? What.NOT_ACCEPTING : What.DROPS;
            default -> key.what();
        };
    }

    private boolean keepsWaiting() {
        return members.stream().map(m -> m.found().finding().id())
                .anyMatch(id -> id.equals("never-accepted") || id.equals("accept-queue-waiting")
                        || id.equals("piling-up"));
    }

    /** Returns whether a full queue was seen with room at another time. */
    private boolean drained() {
        return members.stream().map(Member::found)
                .filter(f -> f.finding().id().equals("accept-queue-full"))
                .anyMatch(f -> f.track().observations().stream().anyMatch(o -> !o.isFullQueue()));
    }

    CauseKey key() {
        return key;
    }

    List<Member> members() {
        return members;
    }

    /**
     * Returns the findings that the cause rests on: those of its own sockets, or of all where those at fault are
     * elsewhere. Drops beside another problem are a detail.
     */
    List<Found> own() {
        List<Found> own = members.stream()
                .filter(m -> m.isOwn() && (key.what() == What.DROPS || !isDetail(m.found().finding())))
                .map(Member::found)
                .toList();
        return own.isEmpty() ? members.stream().map(Member::found).toList() : own;
    }

    private static boolean isDetail(Finding finding) {
        return finding.id().equals("drops") && !finding.socket().socket().isListener();
    }

    /** Returns whether the process at fault is certain, not one of several. */
    boolean isProved() {
        return proved;
    }

    @Nullable
    SocketRow responsible() {
        return responsible;
    }

    boolean concernsListener() {
        return members.stream().anyMatch(m -> !m.found().listeners().isEmpty()
                || m.found().finding().socket().socket().isListener());
    }

    /**
     * Returns the processes, each once: those that hold the most of its sockets first, then those that are stopped, then
     * the youngest, since a master that holds its workers' sockets is older than they are.
     *
     * @return empty: nobody; null: not known
     */
    @Nullable
    List<Owner> processes() {
        if (!ownersKnown) {
            return null;
        }
        return owners.values().stream()
                .sorted(Comparator.comparingInt((Owner o) -> -socketsByPid.getOrDefault(o.pid(), 0))
                        .thenComparing(o -> !o.isStopped())
                        .thenComparing(Comparator.comparingInt(Owner::pid).reversed()))
                .toList();
    }
}
