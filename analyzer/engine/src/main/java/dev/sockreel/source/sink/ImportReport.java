package dev.sockreel.source.sink;

import java.util.List;

/**
 * What an import did.
 *
 * @param snapshots it made
 * @param dumps     it made
 * @param messages  one sentence each: what the source could not tell, and what was left out
 * @param damages   one sentence each: where the source is cut off or damaged, so that more may have stood in it than
 *                  the dumps themselves show
 */
public record ImportReport(int snapshots, int dumps, List<String> messages, List<String> damages) {
    public ImportReport {
        messages = List.copyOf(messages);
        damages = List.copyOf(damages);
    }

    /** Of a source whose damage, if any, shows in its dumps. */
    public ImportReport(int snapshots, int dumps, List<String> messages) {
        this(snapshots, dumps, messages, List.of());
    }
}
