package dev.sockreel.unseen;

import dev.sockreel.capture.record.RecorderNote;
import java.util.Arrays;
import java.util.List;

/** A change of the host rather than a gap: asking for a family made the kernel load modules. */
final class ModulesLoadedRule implements UnseenRule {
    /** The word before the modules' names, which end the recorder's sentence. */
    private static final String LOADED = "loaded ";

    @Override
    public List<Unseen> of(Circumstances c) {
        return c.snapshot().notes().isEmpty() ? List.of() : c.snapshot().notes().stream()
                .filter(n -> n.kind() == RecorderNote.Kind.MODULES_LOADED)
                .map(n -> modules(n.text()))
                .map(modules -> new Unseen(
                        "host-changed", modules, "recording loaded " + UnseenPhrases.list(modules),
                        "the host was changed",
                        Unseen.NOT_KNOWN, "record with --no-modprobe to leave a host as it is", false))
                .toList();
    }

    private static List<String> modules(String text) {
        int at = text.lastIndexOf(LOADED);
        return Arrays.asList(text.substring(at < 0 ? 0 : at + LOADED.length()).split(",? ", -1));
    }
}
