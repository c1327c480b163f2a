package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.history.Counters;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Moment;
import dev.sockreel.history.Rates;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot's point of a socket's history as one JSON object; where it lists the socket, with the fields of {@link
 * SocketJson}.
 */
public final class HistoryJson {
    private final JsonGenerator json;
    private final SocketJson sockets;
    /** The last earlier point that lists the socket. */
    private @Nullable Seen before;

    public HistoryJson(JsonGenerator json) {
        this.json = json;
        this.sockets = new SocketJson(json);
    }

    /**
     * Writes the point as the fields of an object that is open.
     *
     * @param now its last moment is the snapshot's
     * @param row the snapshot's row of the socket; null where it lists none
     */
    public void writeFields(HistoryPoint now, @Nullable SocketRow row) throws IOException {
        json.writeStringField("observation", observation(now));
        if (now instanceof Seen seen && row != null) {
            sockets.writeFields(row);
            rates(new Seen(seen.last(), seen.last(), 1, seen.reading()));
            return;
        }
        Moment at = now.last();
        json.writeNumberField("snapshot", at.snapshot());
        json.writeStringField("time", Rfc3339.of(at.time().realtimeNs()));
        if (now instanceof HistoryPoint.NotObserved n) {
            NotObservedJson.write(n.why(), json);
        }
    }

    /** Returns {@code seen}, {@code gone}, {@code not-observed} or {@code not-yet}. */
    public static String observation(HistoryPoint point) {
        return switch (point) {
            case Seen p -> "seen";
            case HistoryPoint.Gone p -> "gone";
            case HistoryPoint.NotObserved p -> "not-observed";
            case HistoryPoint.NotYet p -> "not-yet";
        };
    }

    /** Writes the growth a second since the last snapshot that lists the socket, of counters that both have. */
    private void rates(Seen seen) throws IOException {
        json.writeObjectFieldStart("perSecond");
        for (StructField field : Counters.GROWING) {
            OptionalDouble rate = before == null ? OptionalDouble.empty() : Rates.perSecond(before, seen, field);
            if (rate.isPresent()) {
                json.writeNumberField(field.name(), Math.round(rate.getAsDouble() * 1000) / 1000.0);
            }
        }
        json.writeEndObject();
        before = seen;
    }
}
