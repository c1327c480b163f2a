package dev.sockreel.source.sink;

import java.util.List;
import java.util.stream.Stream;

/**
 * The result of an import.
 *
 * @param snapshots number of snapshots written
 * @param dumps     number of dumps written
 * @param messages  one sentence each: what the source does not say, and what was left out
 * @param damages   one sentence each: where the source is cut off or damaged, so that more may be missing than the
 *                  dumps themselves show
 */
public record ImportReport(int snapshots, int dumps, List<String> messages, List<String> damages) {
    public ImportReport {
        messages = List.copyOf(messages);
        damages = List.copyOf(damages);
    }

    /** Returns the messages, then the damages. */
    List<String> all() {
        return Stream.concat(messages.stream(), damages.stream()).toList();
    }
}
