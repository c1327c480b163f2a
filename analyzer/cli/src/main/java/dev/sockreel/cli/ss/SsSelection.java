package dev.sockreel.cli.ss;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets ss would list, and in which order it asks for them.
 *
 * @param families        AF_*
 * @param states          mask of 1 &lt;&lt; state
 * @param preferredFamily AF_* of the last option that named one; 0 for none
 */
public record SsSelection(Set<Table> tables, Set<Integer> families, int states, int preferredFamily) {
    /** One dump that ss would ask for, or both versions of IP of a protocol one after another. */
    record Step(int family, int protocol) {
        boolean asksFor(DumpRequest request) {
            return isInet() ? request.isInet() && request.protocol() == protocol : request.family() == family;
        }

        boolean isInet() {
            return family == Family.AF_INET || family == Family.AF_INET6;
        }
    }

    /** ss's own order of what was chosen. */
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

    /** Families whose sockets all count as unconnected. */
    private void unnamedStates(List<Step> steps, int family) {
        if ((states & StateMask.CLOSE) != 0) {
            add(steps, family);
        }
    }

    /** ss asks for one version of IP alone when the last option names one. */
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

    /** Whether ss would list a socket that a chosen dump holds. */
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

    /** With a single table ss leaves the column out. */
    boolean showsNetid() {
        return tables.size() > 1;
    }

    /** With a single state ss leaves the column out. */
    boolean showsState() {
        return Integer.bitCount(states) > 1;
    }

    /** Whether a dump with this request is one that ss would have asked for. */
    public boolean wants(DumpRequest request) {
        return steps().stream().anyMatch(step -> step.asksFor(request)
                && (!step.isInet() || request.family() == step.family() || mayHoldBoth(request)));
    }

    /** A TCPDIAG_GETSOCK dump has both versions of IP, and one without a request may: its first socket names it. */
    static boolean mayHoldBoth(DumpRequest request) {
        return request.familyId().equals("tcp") || (!request.showKnown() && request.isInet());
    }

    /** In ss's words why nothing can be shown; null when something can. */
    public @Nullable String emptyMessage() {
        if (tables.isEmpty()) {
            return "no socket tables are left to show";
        }
        if (families.isEmpty()) {
            return "no families are left to show";
        }
        return states == 0 ? "no socket states are left to show" : null;
    }
}
