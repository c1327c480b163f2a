package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a finding's evidence over time, for a chart: where they say more than the queue of its socket. */
final class EvidenceChart {
    /** Points at most; of more, some in equal steps are shown. */
    private static final int MAX_POINTS = 240;

    /**
     * A number of evidence.
     *
     * @param field name in the evidence
     * @param unit  noun after a value
     */
    private record Kind(String field, String title, String unit) {}

    /** Numbers that matter more than the queue. */
    private static final List<Kind> FIRST = List.of(
            new Kind("SK_MEMINFO_DROPS", "Dropped since the socket was made", "dropped"),
            new Kind("sockets", "Sockets that show it", "sockets"),
            new Kind("idiag_retrans", "Retransmissions of the SYN", "retransmissions"));
    /** Numbers for sockets whose queues over time are not in the page. */
    private static final List<Kind> INSTEAD = List.of(
            new Kind("unread", "Unread bytes", "B"),
            new Kind("pendingConnections", "Connections waiting for accept()", "waiting"),
            new Kind("sendQ", "Send queue", ""),
            new Kind("recvQ", "Receive queue", ""));

    /**
     * Returns the chart's data as JSON; null where the evidence has no numbers to draw.
     *
     * @param hasQueue whether the page has the queues of the finding's socket over time
     */
    static @Nullable String json(Finding f, boolean hasQueue) {
        Kind kind = kind(FIRST, f);
        kind = kind == null && !hasQueue ? kind(INSTEAD, f) : kind;
        return kind == null ? null : json(kind, f.evidence());
    }

    private static @Nullable Kind kind(List<Kind> kinds, Finding f) {
        return kinds.stream()
                .filter(k -> f.evidence().stream().filter(e -> value(e, k) != null).limit(2).count() == 2)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long value(Evidence e, Kind kind) {
        return e.fields().get(kind.field()) instanceof Number n ? n.longValue() : null;
    }

    private static String json(Kind kind, List<Evidence> evidence) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = ScriptJson.generator(text)) {
            json.writeStartObject();
            json.writeStringField("title", kind.title());
            json.writeStringField("unit", kind.unit());
            json.writeArrayFieldStart("points");
            int shown = Math.min(MAX_POINTS, evidence.size());
            for (int i = 0; i < shown; i++) {
                Evidence e = evidence.get(shown == 1 ? 0 : (int) ((long) i * (evidence.size() - 1) / (shown - 1)));
                Long value = value(e, kind);
                if (value != null) {
                    json.writeStartArray();
                    json.writeNumber(e.snapshot());
                    writeTime(json, e.time());
                    json.writeNumber(value);
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        }
        return text.toString();
    }

    private static void writeTime(JsonGenerator json, ReceiveTime time) throws IOException {
        if (time.isKnown()) {
            json.writeNumber(Math.floorDiv(time.realtimeNs(), 1_000_000L));
        } else {
            json.writeNull();
        }
    }

    private EvidenceChart() {}
}
