package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.history.NotObservedReason;
import java.io.IOException;

/** The reason why a snapshot does not show a socket. */
final class NotObservedJson {
    /** Writes {@code "family", "verdict", "why"}, fields of an object that is open. */
    static void write(NotObservedReason why, JsonGenerator json) throws IOException {
        json.writeStringField("family", why.family());
        json.writeStringField("verdict", why.verdict() == null ? null : why.verdict().id());
        json.writeStringField("why", why.why());
    }

    private NotObservedJson() {}
}
