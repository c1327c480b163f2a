package dev.sockreel.finding;

import java.util.List;

/** All detectors. */
final class Detectors {
    static final List<Detector> ALL = List.of(new UnreadStuck(), new UnreadUnproven(), new AcceptQueueFull());

    private Detectors() {}
}
