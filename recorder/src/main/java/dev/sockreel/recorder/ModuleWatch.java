package dev.sockreel.recorder;

import dev.sockreel.capture.ProcText;
import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.capture.RecorderNote;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps /proc/modules as evidence: asking for a dump can load a handler, and then the recording has changed the
 * host. The text is stored before and after the first snapshot of a file, later only when a module came or went
 * (reference counts move all the time).
 */
final class ModuleWatch {
    private static final String PATH = "/proc/modules";

    private final ProcFiles proc = new ProcFiles();
    private @Nullable Set<String> names;

    void before(Spool spool, int snapshot, boolean firstOfFile) throws InterruptedException {
        ProcFiles.Text text = proc.read(PATH);
        Set<String> now = names(text);
        if (firstOfFile || !now.equals(names)) {
            ProcFiles.put(spool, snapshot, 0, PATH, ProcText.When.BEFORE_DUMPS, text);
        }
        names = now;
    }

    void after(Spool spool, int snapshot, boolean firstOfFile) throws InterruptedException {
        ProcFiles.Text text = proc.read(PATH);
        Set<String> now = names(text);
        Set<String> before = names == null ? Set.of() : names;
        if (firstOfFile || !now.equals(before)) {
            ProcFiles.put(spool, snapshot, 0, PATH, ProcText.When.AFTER_DUMPS, text);
        }
        List<String> loaded = new ArrayList<>(now);
        loaded.removeAll(before);
        if (loaded.stream().anyMatch(DiagHandlers::isDiagModule)) {
            spool.put(new RecorderNote(
                    snapshot, -1, RecorderNote.Kind.MODULES_LOADED, loaded.size(), ReceiveTime.now(),
                    String.join(" ", loaded)));
        }
        names = now;
    }

    /** The first word of each line. */
    private static Set<String> names(ProcFiles.Text text) {
        Set<String> out = new LinkedHashSet<>();
        for (String line : text.string().split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                out.add(line.substring(0, space));
            }
        }
        return out;
    }
}
