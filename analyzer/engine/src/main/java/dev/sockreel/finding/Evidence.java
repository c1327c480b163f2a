package dev.sockreel.finding;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of one snapshot that support a finding.
 *
 * @param fields name → number or text, in the order to print
 */
public record Evidence(int snapshot, ReceiveTime time, Map<String, Object> fields) {
    public Evidence {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
