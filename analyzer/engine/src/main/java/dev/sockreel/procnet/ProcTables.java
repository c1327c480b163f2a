package dev.sockreel.procnet;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of /proc/net that are understood. */
final class ProcTables {
    static final List<ProcTable> ALL = all();

    private static final String FOLDER = "/proc/net/";
    private static final Map<String, ProcTable> BY_PATH =
            ALL.stream().collect(Collectors.toMap(t -> FOLDER + t.name(), t -> t));

    private static List<ProcTable> all() {
        List<ProcTable> tables = new ArrayList<>();
        for (Family family : Family.all()) {
            Family.Text text = family.text();
            if (text != null && Family.isInet(family.af())) {
                tables.add(new InetTable(text.name(), family.id(), family.kind(), family.af(), family.protocol()));
            }
        }
        for (PingText ping : PingText.ALL) {
            tables.add(new InetTable(ping.name(), "", ping.name(), ping.af(), ping.protocol()));
        }
        tables.addAll(List.of(new UnixTable(), new PacketTable(), new NetlinkTable()));
        return List.copyOf(tables);
    }

    /** Returns the table with this name under /proc/net. */
    static Optional<ProcTable> of(String name) {
        return ofPath(FOLDER + name);
    }

    /** Returns the table that a file is, by its whole path. */
    static Optional<ProcTable> ofPath(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** Returns the family of {@link #ofPath}, null for no table; asked for each text of each snapshot. */
    static @Nullable String familyOfPath(String path) {
        ProcTable table = BY_PATH.get(path);
        return table == null ? null : table.family();
    }

    private ProcTables() {}
}
