package dev.sockreel.cause;

import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import java.util.List;
import java.util.Set;

/** Finds what the process of a cause waits for itself. */
final class Chains {
    private static final Set<What> ACTING =
            Set.of(What.NOT_READING, What.SLOW_READING, What.NOT_ACCEPTING, What.NOT_CLOSING);

    /**
     * Returns the index of the cause that keeps the process of another from acting.
     *
     * @param groups  of all causes
     * @param victims of each
     * @param of      index of the cause in question
     * @return its own index when it waits for itself; -1 when it is a root
     */
    static int waitsFor(List<Group> groups, List<List<Victim>> victims, int of) {
        Group group = groups.get(of);
        if (!mayAct(group, victims.get(of)) || group.key().who().isEmpty()) {
            return -1;
        }
        Set<Integer> who = group.key().who();
        int likely = -1;
        for (int i = 0; i < groups.size(); i++) {
            for (Victim v : victims.get(i)) {
                if (who.contains(v.pid()) && v.isBlocked()) {
                    return i;
                }
                // its own send queue does not move, though no thread was seen in a call
                if (who.contains(v.pid()) && v.blocked() == null && i != of && isStalled(groups.get(i), v.pid())) {
                    likely = i;
                }
            }
        }
        return likely;
    }

    private static boolean mayAct(Group group, List<Victim> victims) {
        boolean hangs = victims.stream().anyMatch(Victim::isBlocked);
        return ACTING.contains(group.key().what()) || group.key().what() == What.WAITING && hangs;
    }

    private static boolean isStalled(Group group, int pid) {
        return group.members().stream()
                .filter(Group.Member::isVictims)
                .map(m -> m.found().finding().socket().owners())
                .anyMatch(owners -> owners != null && owners.stream().anyMatch(o -> o.pid() == pid));
    }

    private Chains() {}
}
