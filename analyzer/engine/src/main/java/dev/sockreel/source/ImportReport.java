package dev.sockreel.source;

import java.util.List;

/**
 * What an import did.
 *
 * @param snapshots it made
 * @param dumps     it made
 * @param messages  one sentence each: what the source could not tell, and what was left out
 */
public record ImportReport(int snapshots, int dumps, List<String> messages) {
    public ImportReport {
        messages = List.copyOf(messages);
    }
}
