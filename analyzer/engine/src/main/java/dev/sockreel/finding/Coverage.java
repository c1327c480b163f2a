package dev.sockreel.finding;

import dev.sockreel.unseen.UnseenRun;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Per family, in how many snapshots it could be seen; and what could not be, with its reason.
 *
 * @param snapshots of all captures
 * @param families  in the order in which they were met
 * @param unseen    what the captures do not show
 */
public record Coverage(int snapshots, Map<String, Seen> families, List<UnseenRun.Told> unseen) {
    /**
     * @param complete    snapshots with a complete dump of it
     * @param partial     snapshots with a dump that shows some of it
     * @param unavailable snapshots in which nothing of it could be seen
     */
    public record Seen(int complete, int partial, int unavailable) {}

    public Coverage {
        families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
        unseen = List.copyOf(unseen);
    }
}
