package dev.sockreel.finding;

import dev.sockreel.unseen.UnseenRun;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The coverage of one or more captures: for each family the number of snapshots that show it; and what is missing, and
 * why.
 *
 * @param snapshots of all captures
 * @param families  in the order they were found
 * @param unseen    what the captures do not show
 */
public record Coverage(int snapshots, Map<String, Seen> families, List<UnseenRun.Total> unseen) {
    /**
     * The snapshots of one family, by how much they show.
     *
     * @param complete    snapshots with a complete dump of it
     * @param partial     snapshots with a dump that shows part of it
     * @param unavailable snapshots that show nothing of it
     */
    public record Seen(int complete, int partial, int unavailable) {}

    public Coverage {
        families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
        unseen = List.copyOf(unseen);
    }
}
