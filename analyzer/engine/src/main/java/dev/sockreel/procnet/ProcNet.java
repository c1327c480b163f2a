package dev.sockreel.procnet;

import dev.sockreel.sockdiag.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one recorded file of /proc/net.
 *
 * @param sockets in the file's order
 * @param shape   the lines that are not whole rows
 */
public record ProcNet(List<ProcSocket> sockets, TableShape shape) {
    /** Returns the dump that the file stands in for: tcp4, unix, …; empty for a table of its own, null for no table. */
    public static @Nullable String family(String path) {
        return ProcTables.familyOfPath(path);
    }

    /** Returns the names under /proc/net of all tables that are understood. */
    public static List<String> tables() {
        return ProcTables.ALL.stream().map(ProcTable::name).toList();
    }

    /**
     * Returns whether a file with this name under /proc/net and this beginning is a copy of the table: it begins with
     * the heading, or has a row although the heading is cut off.
     */
    public static boolean isTable(String name, byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n');
        return ProcTables.of(name)
                .filter(t -> text.stripLeading().startsWith(t.heading())
                        || (end > 0 && text.substring(0, end).lines().anyMatch(t::beginsRow)))
                .isPresent();
    }

    /** Returns whether the table with this name has IP addresses, which are printed in the host's byte order. */
    public static boolean hasAddresses(String name) {
        return ProcTables.of(name).filter(InetTable.class::isInstance).isPresent();
    }

    /** Returns whether the table lists sockets of this one's family and protocol. */
    public static boolean lists(String path, Socket socket) {
        return table(path).filter(t -> t.lists(socket.family(), socket.protocol())).isPresent();
    }

    private static Optional<ProcTable> table(String path) {
        return ProcTables.ofPath(path);
    }

    /** Takes one socket after another. */
    public interface Visitor<E extends Exception> {
        void visit(ProcSocket socket) throws E;
    }

    /**
     * @param path  /proc/net/tcp, …
     * @param order of the capturing host
     */
    public static ProcNet parse(String path, byte[] text, ByteOrder order) {
        List<ProcSocket> sockets = new ArrayList<>();
        TableShape shape = parse(path, text, order, sockets::add);
        return new ProcNet(List.copyOf(sockets), shape);
    }

    /** Returns the number of lines that are no row, the heading aside. */
    public int notUnderstood() {
        return shape.notUnderstood();
    }

    /** Returns the number of sockets, without keeping them. */
    public static int count(String path, byte[] text, ByteOrder order) {
        Counter counter = new Counter();
        parse(path, text, order, counter);
        return counter.sockets;
    }

    private static final class Counter implements Visitor<RuntimeException> {
        private int sockets;

        @Override
        public void visit(ProcSocket socket) {
            sockets++;
        }
    }

    /** Visits the sockets one at a time. */
    public static <E extends Exception> TableShape parse(String path, byte[] text, ByteOrder order, Visitor<E> visitor)
            throws E {
        Optional<ProcTable> table = table(path);
        return table.isEmpty() ? new TableShape(text.length == 0, true, 0, false)
                : new ProcRows<>(table.get(), order, visitor).read(text);
    }
}
