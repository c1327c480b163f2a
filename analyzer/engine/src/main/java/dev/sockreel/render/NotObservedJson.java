package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.history.NotObservedReason;
import java.io.IOException;

/** Why a snapshot tells nothing about a socket. */
final class NotObservedJson {
    /** {@code "family", "verdict", "why"}, fields of an object that is open. */
    static void write(NotObservedReason why, JsonGenerator json) throws IOException {
        json.writeStringField("family", why.family());
        json.writeStringField("verdict", why.verdict() == null ? null : why.verdict().id());
        json.writeStringField("why", why.why());
    }

    private NotObservedJson() {}
}
