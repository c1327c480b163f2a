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
 * @param sockets       in the file's order
 * @param notUnderstood lines that are no row, the heading aside
 */
public record ProcNet(List<ProcSocket> sockets, int notUnderstood) {
    private static final String FOLDER = "/proc/net/";

    /** Of the dump that the file stands in for: tcp4, unix, …; empty for a table of its own, null for no table. */
    public static @Nullable String family(String path) {
        return table(path).map(ProcTable::family).orElse(null);
    }

    /** Whether a file with this name and beginning is a copy of the table. */
    public static boolean isTable(String path, byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        return table(path).filter(t -> text.startsWith(t.heading())).isPresent();
    }

    /** Whether the table has sockets of this one's family and protocol. */
    public static boolean lists(String path, Socket socket) {
        return table(path).filter(t -> t.lists(socket.family(), socket.protocol())).isPresent();
    }

    private static Optional<ProcTable> table(String path) {
        return path.startsWith(FOLDER) ? ProcTables.of(path.substring(FOLDER.length())) : Optional.empty();
    }

    /**
     * @param path  /proc/net/tcp, …
     * @param order of the capturing host
     */
    public static ProcNet parse(String path, byte[] text, ByteOrder order) {
        Optional<ProcTable> table = table(path);
        List<ProcSocket> sockets = new ArrayList<>();
        int notUnderstood = 0;
        if (table.isPresent()) {
            for (String row : rows(table.get(), new String(text, StandardCharsets.ISO_8859_1))) {
                ProcSocket socket = table.get().parse(row, order);
                if (socket == null) {
                    notUnderstood++;
                } else {
                    sockets.add(socket);
                }
            }
        }
        return new ProcNet(List.copyOf(sockets), notUnderstood);
    }

    /** Lines without the heading; one that begins no row goes on with the one before it (a newline in a name). */
    private static List<String> rows(ProcTable table, String text) {
        List<String> rows = new ArrayList<>();
        int lineAt = text.indexOf('\n') + 1;
        if (lineAt == 0) {
            return rows;
        }
        int rowAt = lineAt;
        int rowEnd = lineAt;
        while (lineAt < text.length()) {
            int newline = text.indexOf('\n', lineAt);
            int lineEnd = newline < 0 ? text.length() : newline;
            if (lineAt > rowAt && table.beginsRow(text.substring(lineAt, lineEnd))) {
                rows.add(text.substring(rowAt, rowEnd));
                rowAt = lineAt;
            }
            rowEnd = lineEnd;
            lineAt = lineEnd + 1;
        }
        if (rowAt < text.length()) {
            rows.add(text.substring(rowAt, rowEnd));
        }
        return rows;
    }
}
