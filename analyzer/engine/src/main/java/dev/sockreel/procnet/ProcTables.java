package dev.sockreel.procnet;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of /proc/net that are understood. */
final class ProcTables {
    static final List<ProcTable> ALL = all();

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
        return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    private ProcTables() {}
}
