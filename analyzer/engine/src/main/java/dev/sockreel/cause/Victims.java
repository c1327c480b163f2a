package dev.sockreel.cause;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.track.Found;
import dev.sockreel.track.OtherEnds;
import dev.sockreel.track.Track;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the processes at the other end of a group's sockets. */
final class Victims {
    private static final class Sum {
        private final String comm;
        private final long netns;
        private final Set<Track> sockets = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable Boolean blocked;
        private boolean first = true;
        private boolean proved;

        Sum(String comm, long netns) {
            this.comm = comm;
            this.netns = netns;
        }

        void add(Track track, @Nullable Boolean hangs, boolean certain) {
            sockets.add(track);
            proved |= certain;
            blocked = first ? hangs
                    : Boolean.TRUE.equals(blocked) || Boolean.TRUE.equals(hangs) ? Boolean.TRUE
                    : blocked == null || hangs == null ? null : Boolean.FALSE;
            first = false;
        }
    }

    private final Map<Integer, Sum> byPid = new LinkedHashMap<>();

    private Victims() {}

    static List<Victim> of(Group group, OtherEnds otherEnds) {
        Victims victims = new Victims();
        for (Group.Member member : group.members()) {
            Found found = member.found();
            if (member.isVictims()) {
                victims.add(found.track(), found, isCertain(found));
            } else if (attends(group) && !found.finding().id().equals("drops")) {
                otherEnds.of(found.track().last().identity()).forEach(t -> victims.add(t, found, true));
            }
        }
        return victims.list();
    }

    /** Nobody suffers at the other end of a leaked socket, or of one that has closed. */
    private static boolean attends(Group group) {
        return switch (group.key().what()) {
            case LEAKING, DROPS -> false;
            default -> true;
        };
    }

    /** A unix socket that is connected to none hangs on one that only its call knows. */
    private static boolean isCertain(Found found) {
        Socket own = found.track().last().socket();
        return own.family() != Family.AF_UNIX || own.peerInode() > 0;
    }

    private void add(Track track, Found main, boolean certain) {
        List<Owner> owners = track.last().owners();
        if (owners == null) {
            return;
        }
        Boolean hangs = Blocking.of(track, main);
        Set<Integer> seen = new HashSet<>();
        for (Owner owner : owners) {
            if (seen.add(owner.pid())) {
                byPid.computeIfAbsent(owner.pid(), p -> new Sum(owner.comm(), track.last().netns()))
                        .add(track, hangs, certain);
            }
        }
    }

    private List<Victim> list() {
        return byPid.entrySet().stream()
                .map(e -> new Victim(
                        e.getKey(), e.getValue().comm, e.getValue().netns, e.getValue().sockets.size(),
                        e.getValue().blocked, e.getValue().proved ? Certainty.PROVED : Certainty.LIKELY))
                .sorted(Comparator.comparingInt(Victims::rank).thenComparingInt(v -> -v.sockets())
                        .thenComparingInt(Victim::pid))
                .toList();
    }

    private static int rank(Victim v) {
        return v.isBlocked() ? 0 : v.blocked() == null ? 1 : 2;
    }
}
