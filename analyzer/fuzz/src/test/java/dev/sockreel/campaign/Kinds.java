package dev.sockreel.campaign;

import dev.sockreel.campaign.files.CraftedKind;
import dev.sockreel.campaign.files.FixedKind;
import dev.sockreel.campaign.files.ImportsKind;
import dev.sockreel.campaign.files.RawKind;
import dev.sockreel.campaign.processes.ClocksKind;
import dev.sockreel.campaign.processes.DisksKind;
import dev.sockreel.campaign.processes.HostsKind;
import dev.sockreel.campaign.processes.KillsKind;
import dev.sockreel.campaign.trial.Kind;
import java.util.List;
import java.util.function.Supplier;

/**
 * A kind and its share of a campaign's time.
 *
 * @param share of the time, relative to the sum of the shares of all kinds that run
 */
record Kinds(String name, int share, Supplier<Kind> made) {
    /** All kinds, in the order of the table. A new one is one class and its line here. */
    static final List<Kinds> ALL = List.of(
            new Kinds("crafted", 16, CraftedKind::new),
            new Kinds("raw", 10, RawKind::new),
            new Kinds("fixed", 14, FixedKind::new),
            new Kinds("imports", 16, ImportsKind::new),
            new Kinds("kills", 18, KillsKind::new),
            new Kinds("clocks", 5, ClocksKind::new),
            new Kinds("disks", 7, DisksKind::new),
            new Kinds("hosts", 10, HostsKind::new),
            new Kinds("jazzer", 4, JazzerKind::new));

    /** Returns the kind of that name, or throws with a sentence for the user. */
    static Kinds of(String name) {
        return ALL.stream().filter(k -> k.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no kind " + name + "; there are " + String.join(", ", ALL.stream().map(Kinds::name).toList())));
    }
}
