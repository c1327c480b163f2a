package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
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

/** What one snapshot says of a followed socket, as one JSON object: that of {@link SocketJson} where it is listed. */
public final class HistoryJson {
    private final JsonGenerator json;
    private final SocketJson sockets;
    /** The socket as the last snapshot before showed it. */
    private @Nullable Seen before;

    public HistoryJson(JsonGenerator json) {
        this.json = json;
        this.sockets = new SocketJson(json);
    }

    /**
     * The fields, of an object that is open.
     *
     * @param now what the snapshot says; its last moment is the snapshot's
     * @param row as the snapshot lists it; null where it does not
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

    /** {@code seen}, {@code gone}, {@code not-observed} or {@code not-yet}. */
    public static String observation(HistoryPoint point) {
        return switch (point) {
            case Seen p -> "seen";
            case HistoryPoint.Gone p -> "gone";
            case HistoryPoint.NotObserved p -> "not-observed";
            case HistoryPoint.NotYet p -> "not-yet";
        };
    }

    /** Growth a second since the last snapshot that lists it; only what both have. */
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
