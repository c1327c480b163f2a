package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Finding;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportSocket;
import dev.sockreel.report.SnapshotMark;
import dev.sockreel.snapshot.SocketIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page's data, for its scripts: the sockets with their histories and the windows of the findings. Times are
 * milliseconds since {@code start}.
 *
 * @param json    to stand in a script element
 * @param sockets how many are in it
 * @param places  identity → index of the socket in it
 */
record Island(String json, int sockets, Map<SocketIdentity, Integer> places) {
    /** No more sockets are added once there is that much. */
    static final int MOST_CHARS = 6_000_000;
    /** A socket that is longer is written without its attributes: a listener can name thousands of pending clients. */
    static final int MOST_SOCKET_CHARS = 12_000;

    /** Null when it is not in the page. */
    @Nullable
    Integer placeOf(Finding finding) {
        SocketIdentity identity = finding.socket().identity();
        return identity == null ? null : places.get(identity);
    }

    static Island of(ReportData data) throws IOException {
        return new Writing(data).island();
    }

    private static final class Writing {
        private final ReportData data;
        private final ReceiveTime start;
        private final StringWriter out = new StringWriter();
        private final JsonGenerator json;
        private final Map<SocketIdentity, List<Finding>> found = new HashMap<>();
        private final Map<SocketIdentity, Integer> places = new HashMap<>();

        private Writing(ReportData data) throws IOException {
            this.data = data;
            this.start = data.snapshots().stream()
                    .map(SnapshotMark::begin)
                    .filter(ReceiveTime::isKnown)
                    .findFirst()
                    .orElse(ReceiveTime.NONE);
            this.json = ScriptJson.generator(out);
            for (int i = 0; i < data.sockets().size(); i++) {
                SocketIdentity identity = data.sockets().get(i).row().identity();
                if (identity != null) {
                    places.put(identity, i);
                }
            }
            for (Finding f : data.findings().findings()) {
                SocketIdentity identity = f.socket().identity();
                if (identity != null) {
                    found.computeIfAbsent(identity, i -> new ArrayList<>()).add(f);
                }
            }
        }

        private Island island() throws IOException {
            json.writeStartObject();
            json.writeStringField("start", Rfc3339.of(start.realtimeNs()));
            json.writeNumberField("snapshots", data.snapshots().size());
            json.writeArrayFieldStart("sockets");
            int written = 0;
            for (ReportSocket socket : data.sockets()) {
                json.flush();
                if (out.getBuffer().length() > MOST_CHARS) {
                    break;
                }
                write(socket);
                written++;
            }
            int count = written;
            places.values().removeIf(place -> place >= count);
            json.writeEndArray();
            json.writeEndObject();
            json.close();
            return new Island(out.toString(), written, Map.copyOf(places));
        }

        private void write(ReportSocket socket) throws IOException {
            String full = socket.found() ? written(socket, true) : "";
            boolean fits = socket.found() && full.length() <= MOST_SOCKET_CHARS;
            json.writeRawValue(fits ? full : written(socket, false));
        }

        private String written(ReportSocket socket, boolean withAttributes) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator own = ScriptJson.generator(text)) {
                new SocketWriting(own, start, places).write(socket, withAttributes, findings(socket));
            }
            return text.toString();
        }

        private List<Finding> findings(ReportSocket socket) {
            SocketIdentity identity = socket.row().identity();
            return identity == null ? List.of() : found.getOrDefault(identity, List.of());
        }
    }
}
