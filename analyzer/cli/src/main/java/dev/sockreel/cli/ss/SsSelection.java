package dev.sockreel.cli.ss;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that ss would list, in the order in which it would request them.
 *
 * @param families        AF_*
 * @param states          mask of 1 &lt;&lt; state
 * @param preferredFamily AF_* that the last option with a family names; 0 for none
 */
record SsSelection(Set<Table> tables, Set<Integer> families, int states, int preferredFamily) {
    /**
     * One dump that ss would request.
     *
     * @param family   AF_*
     * @param protocol IPPROTO_*; 0 if the family is not inet
     */
    record Step(int family, int protocol) {
        boolean asksFor(DumpRequest request) {
            return isInet() ? request.isInet() && request.protocol() == protocol : request.family() == family;
        }

        boolean isInet() {
            return family == Family.AF_INET || family == Family.AF_INET6;
        }
    }

    /** Returns the dumps in ss's order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        unnamedStates(steps, Family.AF_NETLINK);
        unnamedStates(steps, Family.AF_PACKET);
        add(steps, Family.AF_UNIX);
        inet(steps, Table.RAW);
        inet(steps, Table.UDP);
        inet(steps, Table.TCP);
        inet(steps, Table.DCCP);
        inet(steps, Table.SCTP);
        add(steps, Family.AF_VSOCK);
        add(steps, Family.AF_TIPC);
        unnamedStates(steps, Family.AF_XDP);
        inet(steps, Table.MPTCP);
        return steps;
    }

    private void add(List<Step> steps, int family) {
        if (families.contains(family) && Table.ofFamily(family).stream().anyMatch(tables::contains)) {
            steps.add(new Step(family, 0));
        }
    }

    /** Adds a family whose sockets all count as unconnected. */
    private void unnamedStates(List<Step> steps, int family) {
        if ((states & StateMask.CLOSE) != 0) {
            add(steps, family);
        }
    }

    /** Adds an inet table. If the last option names a version of IP, ss requests only that one. */
    private void inet(List<Step> steps, Table table) {
        if (!tables.contains(table)) {
            return;
        }
        if (families.contains(Family.AF_INET) && preferredFamily != Family.AF_INET6) {
            steps.add(new Step(Family.AF_INET, table.protocol()));
        }
        if (families.contains(Family.AF_INET6) && preferredFamily != Family.AF_INET) {
            steps.add(new Step(Family.AF_INET6, table.protocol()));
        }
    }

    /** Returns whether ss would list a socket from one of its dumps. */
    boolean takes(Socket socket) {
        return switch (socket.family()) {
            case Family.AF_NETLINK, Family.AF_PACKET, Family.AF_XDP -> true;
            case Family.AF_UNIX -> takesState(socket) && takesKind(socket.netid(), "u_str", Table.UNIX_STREAM)
                    && takesKind(socket.netid(), "u_dgr", Table.UNIX_DGRAM)
                    && takesKind(socket.netid(), "u_seq", Table.UNIX_SEQPACKET);
            case Family.AF_VSOCK -> takesState(socket) && takesKind(socket.netid(), "v_str", Table.VSOCK_STREAM)
                    && takesKind(socket.netid(), "v_dgr", Table.VSOCK_DGRAM);
            default -> takesState(socket);
        };
    }

    private boolean takesState(Socket socket) {
        int state = socket.stateNumber();
        return state >= 0 && state < Integer.SIZE && (states & 1 << state) != 0;
    }

    private boolean takesKind(String netid, String kind, Table table) {
        return !netid.equals(kind) || tables.contains(table);
    }

    /** Returns whether the Netid column is shown; with a single table ss leaves it out. */
    boolean showsNetid() {
        return tables.size() > 1;
    }

    /** Returns whether the State column is shown; with a single state ss leaves it out. */
    boolean showsState() {
        return Integer.bitCount(states) > 1;
    }

    /** Returns whether ss would have made this request. */
    boolean wants(DumpRequest request) {
        return steps().stream().anyMatch(step -> step.asksFor(request)
                && (!step.isInet() || request.family() == step.family() || mayHoldBoth(request)));
    }

    /**
     * Returns whether a dump may hold both versions of IP: one by TCPDIAG_GETSOCK does, and one without a recorded
     * request may, as its family is that of its first socket.
     */
    static boolean mayHoldBoth(DumpRequest request) {
        return request.familyId().equals("tcp") || (!request.showKnown() && request.isInet());
    }

    /** Returns ss's message if nothing is selected, or else null. */
    @Nullable
    String emptyMessage() {
        if (tables.isEmpty()) {
            return "no socket tables are left to show";
        }
        if (families.isEmpty()) {
            return "no families are left to show";
        }
        return states == 0 ? "no socket states are left to show" : null;
    }
}
