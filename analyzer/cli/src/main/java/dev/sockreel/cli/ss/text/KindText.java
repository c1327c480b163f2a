package dev.sockreel.cli.ss.text;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.ValueTree;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes sockets of one kind as ss does, cell by cell. A new kind is a class and a row in {@link #all}. */
public interface KindText {
    /** Writes the row from the state to the last cell; the caller ends it. */
    void write(SocketRow row, Grid grid);

    /** Returns the writer of each AF_*. */
    static Map<Integer, KindText> all(Display display, Names names, ByteOrder order) {
        InetText inet = new InetText(display, names);
        return Map.of(
                Family.AF_INET, inet,
                Family.AF_INET6, inet,
                Family.AF_UNIX, new UnixText(display),
                Family.AF_PACKET, new PacketText(display, names, order),
                Family.AF_NETLINK, new NetlinkText(display, names, order),
                Family.AF_VSOCK, new VsockText(display),
                Family.AF_TIPC, new TipcText(display),
                Family.AF_XDP, new XdpText(display));
    }

    /** Returns the attributes of a row as nested maps and lists: for what is rare, or is more than one number. */
    static Values values(SocketRow row) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        row.attributes(new ValueTree(root));
        Object attributes = root.values().stream().findFirst().orElse(null);
        return new Values(attributes instanceof Map<?, ?> fields ? fields : Map.of());
    }

    /** An object of attributes. */
    record Values(Map<?, ?> fields) {
        boolean has(String name) {
            return fields.get(name) != null;
        }

        /** Returns 0 when it is not there: ss prints such numbers only when they are not 0. */
        long number(String name) {
            return fields.get(name) instanceof Number n ? n.longValue() : 0;
        }

        /** Returns a number that is always printed: ? where it is absent, or its attribute too short. */
        String word(String name) {
            return fields.get(name) instanceof Number n ? Long.toUnsignedString(n.longValue()) : Cells.UNKNOWN;
        }

        String text(String name) {
            return fields.get(name) instanceof String s ? s : "";
        }

        /** Returns a nested object, empty when it is not there. */
        Values of(String name) {
            return fields.get(name) instanceof Map<?, ?> m ? new Values(m) : new Values(Map.of());
        }

        List<?> list(String name) {
            return fields.get(name) instanceof List<?> l ? l : List.of();
        }
    }
}
