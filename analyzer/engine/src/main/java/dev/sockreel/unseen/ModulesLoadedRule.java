package dev.sockreel.unseen;

import dev.sockreel.capture.RecorderNote;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** Nothing unseen, but the price of seeing: asking for a family made the kernel load modules. */
final class ModulesLoadedRule implements UnseenRule {
    @Override
    public List<Unseen> of(Snapshot snapshot) {
        return snapshot.notes().stream()
                .filter(n -> n.kind() == RecorderNote.Kind.MODULES_LOADED)
                .map(n -> List.of(n.text().split(" ", -1)))
                .map(modules -> new Unseen(
                        "host-changed", modules, "recording loaded " + Words.list(modules), "the host was changed",
                        Unseen.NOT_KNOWN, "record with --no-modprobe to leave a host as it is", false))
                .toList();
    }
}
