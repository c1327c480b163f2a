package dev.sockreel.report;

import dev.sockreel.peers.Conversation;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket that the report shows.
 *
 * @param row     as the last snapshot that lists it shows it
 * @param history over all snapshots, with a bounded number of points
 * @param found   whether it has findings, or is the other end of a socket that has
 * @param talk    its peers; null where they were not searched
 */
public record ReportSocket(SocketRow row, List<Stretch> history, boolean found, @Nullable Conversation talk) {}
