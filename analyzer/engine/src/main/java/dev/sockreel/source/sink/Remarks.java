package dev.sockreel.source.sink;

import java.util.ArrayList;
import java.util.List;

/** Sentences about a source for its {@link ImportReport}: the first ones whole, the rest as a number. */
public final class Remarks {
    /** Limit for sentences that are kept. */
    static final int MAX_KEPT = 100;

    private final List<String> kept = new ArrayList<>();
    private final int max;
    private long more;

    public Remarks() {
        this(MAX_KEPT);
    }

    /** @param max number of sentences that are kept */
    public Remarks(int max) {
        this.max = max;
    }

    public void add(String sentence) {
        if (kept.size() < max) {
            kept.add(sentence);
        } else {
            more++;
        }
    }

    /** Returns the sentences, the last one about those that were not kept. */
    public List<String> all() {
        List<String> all = new ArrayList<>(kept);
        if (more > 0) {
            all.add("and " + more + " more like these");
        }
        return all;
    }
}
