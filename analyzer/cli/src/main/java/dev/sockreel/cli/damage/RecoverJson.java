package dev.sockreel.cli.damage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.render.JsonRows;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes one object with the losses and what is left. */
final class RecoverJson implements RecoverPrinter {
    private final Stdout out;
    private final JsonGenerator json;
    private final JsonRows losses;

    RecoverJson(Stdout out, Path from, Path to) throws IOException {
        this.out = out;
        json = Json.generator(out);
        json.writeStartObject();
        json.writeStringField("file", from.toString());
        json.writeStringField("recovered", to.toString());
        json.writeArrayFieldStart("losses");
        losses = JsonRows.within(json, out::check);
    }

    @Override
    public void loss(Loss loss) throws IOException {
        losses.begin();
        writeFields(json, loss);
        losses.end();
    }

    @Override
    public void end(CaptureRecovery.Result result) throws IOException {
        json.writeEndArray();
        json.writeBooleanField("whole", result.whole());
        json.writeBooleanField("lost", result.lost());
        json.writeNumberField("records", result.records());
        json.writeNumberField("snapshots", result.snapshots());
        json.writeEndObject();
        Json.end(json, out);
    }

    /** Writes a loss as the fields of an object that is open. */
    static void writeFields(JsonGenerator json, Loss loss) throws IOException {
        json.writeBooleanField("loses", loss.loses());
        json.writeStringField("from", Rfc3339.of(loss.fromNs()));
        json.writeStringField("to", Rfc3339.of(loss.toNs()));
        json.writeBooleanField("touchesSnapshots", loss.touchesSnapshots());
        writeKnown(json, "firstSnapshot", first(loss));
        writeKnown(json, "lastSnapshot", last(loss));
        json.writeNumberField("bytes", loss.bytes());
        json.writeArrayFieldStart("damages");
        for (Damage d : loss.damages()) {
            json.writeStartObject();
            json.writeStringField("where", d.where());
            json.writeStringField("why", d.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("moreDamages", loss.more());
    }

    static @Nullable Integer first(Loss loss) {
        return loss.firstSnapshot() == Loss.NONE || !loss.touchesSnapshots() ? null : loss.firstSnapshot();
    }

    static @Nullable Integer last(Loss loss) {
        return loss.lastSnapshot() == Loss.TO_THE_END || !loss.touchesSnapshots() ? null : loss.lastSnapshot();
    }

    private static void writeKnown(JsonGenerator json, String field, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }
}
