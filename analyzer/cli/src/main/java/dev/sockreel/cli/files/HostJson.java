package dev.sockreel.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.record.HostEvidence;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts about a host as one JSON object: numbers as numbers, and null for what the capture does not say. */
final class HostJson {
    /** The form in which a fact is written. */
    private enum Kind {
        TEXT,
        DECIMAL,
        HEX
    }

    /** The facts that sockreel knows, by the name in the file. */
    private static final Map<String, Kind> KNOWN = known();

    private static Map<String, Kind> known() {
        Map<String, Kind> all = new LinkedHashMap<>();
        all.put(HostEvidence.HOSTNAME, Kind.TEXT);
        all.put(HostEvidence.BOOT_ID, Kind.TEXT);
        all.put(HostEvidence.BOOT_TIME_S, Kind.DECIMAL);
        all.put(HostEvidence.KERNEL_RELEASE, Kind.TEXT);
        all.put(HostEvidence.KERNEL_VERSION, Kind.TEXT);
        all.put(HostEvidence.MACHINE, Kind.TEXT);
        all.put(HostEvidence.POINTER_BITS, Kind.DECIMAL);
        all.put(HostEvidence.EFFECTIVE_UID, Kind.DECIMAL);
        all.put(HostEvidence.CAPABILITIES, Kind.HEX);
        all.put(HostEvidence.CLOCK_TICKS, Kind.DECIMAL);
        all.put(HostEvidence.RECORD_OPTIONS, Kind.TEXT);
        all.put(HostEvidence.INTERVAL_NS, Kind.DECIMAL);
        all.put(HostEvidence.IMPORTED_FROM, Kind.TEXT);
        all.put(HostEvidence.IMPORT_FORMAT, Kind.TEXT);
        return all;
    }

    /** Writes the facts; {@link HostEvidence#BYTE_ORDER_BASIS} stands beside the byte order. */
    static void write(JsonGenerator json, HostEvidence host) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Kind> fact : KNOWN.entrySet()) {
            json.writeFieldName(key(fact.getKey()));
            value(json, host.get(fact.getKey()), fact.getValue());
        }
        json.writeObjectFieldStart("others");
        for (Map.Entry<String, String> fact : host.facts().entrySet()) {
            if (!KNOWN.containsKey(fact.getKey()) && !fact.getKey().equals(HostEvidence.BYTE_ORDER_BASIS)) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(
            JsonGenerator json, @Nullable String value, Kind kind) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        try {
            switch (kind) {
                case TEXT -> json.writeString(value);
                case DECIMAL -> json.writeNumber(Long.parseLong(value));
                case HEX -> json.writeNumber(Long.parseLong(value, 16));
            }
        } catch (NumberFormatException e) {
            json.writeNull(); // the file is a stranger's
        }
    }

    /** Returns {@code kernelRelease} for {@code kernel-release}. */
    private static String key(String name) {
        StringBuilder key = new StringBuilder();
        for (String word : name.split("-")) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }

    private HostJson() {}
}
