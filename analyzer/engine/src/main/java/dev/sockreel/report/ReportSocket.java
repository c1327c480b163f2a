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
 * @param found   it is found wrong, or is the other end of one that is
 * @param talk    whom it talks with; null where that was not looked for
 */
public record ReportSocket(SocketRow row, List<Stretch> history, boolean found, @Nullable Conversation talk) {}
