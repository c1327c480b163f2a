package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Finding;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportSocket;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.snapshot.SocketIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data for the page's scripts: the sockets with their findings and histories. Times are milliseconds since
 * {@code start}.
 *
 * @param json    content of a script element
 * @param sockets number of sockets in it
 * @param places  socket identity → index of the socket
 */
record PageData(String json, int sockets, Map<SocketIdentity, Integer> places) {
    /** Length after which no more sockets are added. */
    static final int MAX_CHARS = 6_000_000;
    /** Length of a socket with attributes at most: a listener can name thousands of pending clients. */
    static final int MAX_SOCKET_CHARS = 12_000;

    /** Snapshots whose times are written. */
    private static final int MAX_TIMES = 5000;

    /** Returns the index of the finding's socket, or null if it is not in the page. */
    @Nullable
    Integer placeOf(Finding finding) {
        SocketIdentity identity = finding.socket().identity();
        return identity == null ? null : places.get(identity);
    }

    static PageData of(ReportData data) throws IOException {
        return new Builder(data).build();
    }

    private static final class Builder {
        private final ReportData data;
        private final ReceiveTime start;
        private final StringWriter out = new StringWriter();
        private final JsonGenerator json;
        private final Map<SocketIdentity, List<Finding>> findings = new HashMap<>();
        private final Map<SocketIdentity, Integer> places = new HashMap<>();

        private Builder(ReportData data) throws IOException {
            this.data = data;
            this.start = data.snapshots().stream()
                    .map(SnapshotSummary::begin)
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
                    findings.computeIfAbsent(identity, i -> new ArrayList<>()).add(f);
                }
            }
        }

        private PageData build() throws IOException {
            json.writeStartObject();
            json.writeStringField("start", Rfc3339.of(start.realtimeNs()));
            json.writeNumberField("snapshots", data.snapshots().size());
            writeTimes();
            json.writeArrayFieldStart("sockets");
            int written = 0;
            for (ReportSocket socket : data.sockets()) {
                json.flush();
                if (out.getBuffer().length() > MAX_CHARS) {
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
            return new PageData(out.toString(), written, Map.copyOf(places));
        }

        /** Writes the time of each snapshot, or null where they are too many or their times are not known. */
        private void writeTimes() throws IOException {
            List<SnapshotSummary> all = data.snapshots();
            if (all.size() > MAX_TIMES || !all.stream().allMatch(s -> s.begin().isKnown())) {
                json.writeNullField("times");
                return;
            }
            json.writeArrayFieldStart("times");
            for (SnapshotSummary snapshot : all) {
                json.writeNumber(Math.round((snapshot.begin().realtimeNs() - start.realtimeNs()) / 1e6));
            }
            json.writeEndArray();
        }

        private void write(ReportSocket socket) throws IOException {
            String full = socket.found() ? socketJson(socket, true) : "";
            boolean fits = socket.found() && full.length() <= MAX_SOCKET_CHARS;
            json.writeRawValue(fits ? full : socketJson(socket, false));
        }

        private String socketJson(ReportSocket socket, boolean withAttributes) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator own = ScriptJson.generator(text)) {
                new PageSocketJson(own, start, places).write(socket, withAttributes, findings(socket));
            }
            return text.toString();
        }

        private List<Finding> findings(ReportSocket socket) {
            SocketIdentity identity = socket.row().identity();
            return identity == null ? List.of() : findings.getOrDefault(identity, List.of());
        }
    }
}
