package dev.sockreel.cli.ss;

import dev.sockreel.nlmsg.Family;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds a selection from ss's options in the order of the command line. As in ss, the last of -a, -l and -B counts,
 * and the first -A drops the tables named before it.
 */
final class SsSelectionBuilder {
    private static final Map<String, Set<Table>> QUERIES = new TreeMap<>(Map.ofEntries(
            Map.entry("all", Table.ALL),
            Map.entry("inet", Table.INET),
            Map.entry("tcp", Set.of(Table.TCP)),
            Map.entry("mptcp", Set.of(Table.MPTCP)),
            Map.entry("udp", Set.of(Table.UDP)),
            Map.entry("dccp", Set.of(Table.DCCP)),
            Map.entry("sctp", Set.of(Table.SCTP)),
            Map.entry("raw", Set.of(Table.RAW)),
            Map.entry("unix", Table.ofFamily(Family.AF_UNIX)),
            Map.entry("unix_stream", Set.of(Table.UNIX_STREAM)),
            Map.entry("u_str", Set.of(Table.UNIX_STREAM)),
            Map.entry("unix_dgram", Set.of(Table.UNIX_DGRAM)),
            Map.entry("u_dgr", Set.of(Table.UNIX_DGRAM)),
            Map.entry("unix_seqpacket", Set.of(Table.UNIX_SEQPACKET)),
            Map.entry("u_seq", Set.of(Table.UNIX_SEQPACKET)),
            Map.entry("packet", Table.ofFamily(Family.AF_PACKET)),
            Map.entry("packet_raw", Set.of(Table.PACKET_RAW)),
            Map.entry("p_raw", Set.of(Table.PACKET_RAW)),
            Map.entry("packet_dgram", Set.of(Table.PACKET_DGRAM)),
            Map.entry("p_dgr", Set.of(Table.PACKET_DGRAM)),
            Map.entry("netlink", Set.of(Table.NETLINK)),
            Map.entry("tipc", Set.of(Table.TIPC_SOCKETS)),
            Map.entry("vsock", Table.ofFamily(Family.AF_VSOCK)),
            Map.entry("vsock_stream", Set.of(Table.VSOCK_STREAM)),
            Map.entry("v_str", Set.of(Table.VSOCK_STREAM)),
            Map.entry("vsock_dgram", Set.of(Table.VSOCK_DGRAM)),
            Map.entry("v_dgr", Set.of(Table.VSOCK_DGRAM)),
            Map.entry("xdp", Set.of(Table.XDP))));

    /** AF_* of each family that {@code -f} takes, keyed by ss's name. */
    private static final Map<String, Integer> FAMILIES =
            new TreeMap<>(Map.of("inet", Family.AF_INET, "inet6", Family.AF_INET6));

    static {
        Family.all().stream()
                .filter(f -> f.names().ss() != null && !Family.isInet(f.af()))
                .forEach(f -> FAMILIES.put(f.names().ss(), f.af()));
    }

    private final EnumSet<Table> tables = EnumSet.noneOf(Table.class);
    private final Set<Integer> families = new TreeSet<>();
    private int states;
    private int askedStates;
    private int preferredFamily;
    private boolean nothingNamed = true;
    private boolean queried;

    /** Handles {@code -t}, {@code -u}, …: adds the table of an inet protocol, IPPROTO_*. */
    void protocol(int protocol) {
        add(Table.ofProtocol(protocol));
    }

    private void add(Set<Table> more) {
        more.forEach(t -> states |= t.states);
        tables.addAll(more);
        nothingNamed = false;
    }

    /** Handles {@code -4}, {@code -x}, {@code -0}, …: adds a family, AF_*. */
    void family(int family) {
        states |= StateMask.ofFamily(family);
        families.add(family);
        nothingNamed = false;
        preferredFamily = family;
    }

    /**
     * Handles {@code -f NAME}.
     *
     * @throws IllegalArgumentException if ss has no family of this name
     */
    void family(String name) {
        Integer family = FAMILIES.get(name);
        if (family == null) {
            throw new IllegalArgumentException(
                    "unknown family \"" + name + "\"; known are " + String.join(" ", FAMILIES.keySet()));
        }
        family(family);
    }

    /** Handles {@code -a}. */
    void all() {
        askedStates = StateMask.ALL;
    }

    /** Handles {@code -l}. */
    void listening() {
        askedStates = StateMask.LISTENING;
    }

    /** Handles {@code -B}. */
    void boundInactive() {
        askedStates = StateMask.BOUND_INACTIVE;
    }

    /**
     * Handles {@code -A LIST}.
     *
     * @throws IllegalArgumentException if ss has no table of a name
     */
    void query(String list) {
        if (!queried) {
            tables.clear();
            askedStates = askedStates == 0 ? StateMask.CONNECTED_BY_DEFAULT : askedStates;
            queried = true;
            nothingNamed = false;
        }
        for (String word : list.split(",", -1)) {
            boolean removed = word.startsWith("!");
            Set<Table> named = QUERIES.get(removed ? word.substring(1) : word);
            if (named == null) {
                throw new IllegalArgumentException(
                        "unknown socket table \"" + word + "\"; known are " + String.join(" ", QUERIES.keySet()));
            }
            if (removed) {
                tables.removeAll(named);
            } else {
                add(named);
            }
        }
    }

    /** Returns whether no option names a table or a family. */
    boolean namesNothing() {
        return nothingNamed;
    }

    /** Returns AF_* of the last option that names a family, 0 for none. Filter addresses are read as this family. */
    int preferredFamily() {
        return preferredFamily;
    }

    /**
     * Returns the selection.
     *
     * @param stated  states of the filter's `state` and `exclude`
     * @param limited AF_* that the filter's addresses imply
     */
    SsSelection choose(OptionalInt stated, OptionalInt limited) {
        int mask = stated.orElse(askedStates);
        if (nothingNamed) {
            mask = mask == 0 && stated.isEmpty() ? StateMask.CONNECTED_BY_DEFAULT : mask;
            tables.addAll(Table.ALL);
        }
        int shown = mask == 0 && stated.isEmpty() ? states : mask;
        mergeDefaults();
        Set<Integer> shownFamilies = limited.isPresent() ? Set.of(limited.getAsInt()) : Set.copyOf(families);
        int preferred = limited.orElse(preferredFamily);
        return new SsSelection(Set.copyOf(tables), shownFamilies, shown, preferred);
    }

    /** Adds the families of tables that have none of them selected, and the tables of families that have none. */
    private void mergeDefaults() {
        for (Table table : tables) {
            if (table.families().stream().noneMatch(families::contains)) {
                families.addAll(table.families());
            }
        }
        for (int family : List.copyOf(families)) {
            Set<Table> its = Table.ofFamily(family);
            if (its.stream().noneMatch(tables::contains)) {
                tables.addAll(its);
            }
        }
    }
}
