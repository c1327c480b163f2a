package dev.sockreel.campaign.trial;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A kind of hostile input or host. Its trials are numbered; seed and number decide everything in a trial. */
public interface Kind {
    String name();

    /** Returns why this host cannot run it, as a clause, or null if it can. */
    default @Nullable String unavailable() {
        return null;
    }

    /** Makes the input of a trial. */
    Material input(RandomGenerator random) throws Exception;

    /** Runs commands on the input and reports to the trial what they must not do. An exception is a finding, too. */
    void check(Trial trial, Material material) throws Exception;
}
