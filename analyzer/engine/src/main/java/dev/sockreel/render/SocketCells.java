package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.address.AddressText;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A socket as a line of a table: the fields of {@link SocketJson}, a cell each; empty for what is not known, with the
 * reasons in the cell {@code unknown}.
 */
public final class SocketCells {
    public static final List<String> COLUMNS = List.of(
            "snapshot", "time", "netns", "netid", "state", "local", "peer", "inode", "cookie", "uid", "recvQ",
            "recvQMeaning", "sendQ", "sendQMeaning", "unread", "waiting", "eofUnread", "owners", "source", "unknown",
            "ifindex", "interface", "peerInode", "peerOwners", "fileInode", "fileDevice", "attributes");

    private static final JsonFactory JSON = new JsonFactory();

    /** One for each of {@link #COLUMNS}. */
    public static List<@Nullable Object> of(SocketRow row) throws IOException {
        Socket s = row.socket();
        return Arrays.asList(
                row.snapshot(),
                Rfc3339.of(row.time().realtimeNs()),
                number(row.netns(), 0),
                s.netid(),
                s.state(),
                AddressText.orNull(s.local()),
                AddressText.orNull(row.peer()),
                number(s.inode(), Socket.UNKNOWN),
                cookie(s),
                number(s.uid(), Socket.UNKNOWN),
                number(s.recvQ().kernelNumber(), -1),
                s.recvQ().meaning().id(),
                number(s.sendQ().kernelNumber(), -1),
                s.sendQ().meaning().id(),
                number(s.unread().orElse(-1), -1),
                s.waiting(),
                s.eofUnread(),
                owners(row.owners()),
                s.source(),
                row.unknown().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().id())
                        .collect(Collectors.joining(" ")),
                number(s.ifindex(), Socket.UNKNOWN),
                row.interfaceName(),
                number(s.peerInode(), Socket.UNKNOWN),
                owners(row.peerOwners()),
                number(s.fileInode(), Socket.UNKNOWN),
                number(s.fileDevice(), Socket.UNKNOWN),
                attributes(row));
    }

    public static @Nullable String cookie(Socket s) {
        return s.cookie() == Socket.NO_COOKIE ? null : Long.toUnsignedString(s.cookie());
    }

    public static @Nullable Long number(long value, long none) {
        return value == none ? null : value;
    }

    /** {@code comm/pid/fd} of each, a space between; null when not recorded. */
    public static @Nullable String owners(@Nullable List<Owner> owners) {
        return owners == null
                ? null
                : owners.stream()
                        .map(o -> o.comm() + "/" + o.pid() + "/" + o.fd())
                        .collect(Collectors.joining(" "));
    }

    /** As the JSON has them. */
    private static String attributes(SocketRow row) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            row.attributes(new JsonValues(json));
        }
        return text.toString();
    }

    private SocketCells() {}
}
