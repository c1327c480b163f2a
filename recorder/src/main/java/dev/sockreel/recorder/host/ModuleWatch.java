package dev.sockreel.recorder.host;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.spool.Spool;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records /proc/modules, because a request can load a handler, and then the recording has changed the host. The text
 * is stored before and after the first snapshot of a file, later only when the set of modules has changed (reference
 * counts change all the time).
 */
public final class ModuleWatch {
    private static final String PATH = "/proc/modules";

    private final ProcFiles proc = new ProcFiles();
    private @Nullable Set<String> names;

    public void before(Spool spool, int snapshot, boolean firstOfFile) throws InterruptedException {
        ProcFiles.Text text = proc.read(PATH);
        Set<String> now = names(text);
        if (firstOfFile || !now.equals(names)) {
            ProcFiles.put(spool, snapshot, 0, PATH, ProcText.When.BEFORE_DUMPS, text);
        }
        names = now;
    }

    public void after(Spool spool, int snapshot, boolean firstOfFile) throws InterruptedException {
        ProcFiles.Text text = proc.read(PATH);
        Set<String> now = names(text);
        Set<String> before = names == null ? Set.of() : names;
        if (firstOfFile || !now.equals(before)) {
            ProcFiles.put(spool, snapshot, 0, PATH, ProcText.When.AFTER_DUMPS, text);
        }
        RecorderNote note = note(snapshot, before, now);
        if (note != null) {
            spool.put(note);
        }
        names = now;
    }

    /** Returns a note that lists the loaded modules and counts the handlers among them; null for no new handler. */
    static @Nullable RecorderNote note(int snapshot, Set<String> before, Set<String> now) {
        List<String> loaded = now.stream().filter(n -> !before.contains(n)).sorted().toList();
        long handlers = loaded.stream().filter(DiagHandlers::isDiagModule).count();
        return handlers == 0
                ? null
                : new RecorderNote(
                        snapshot, -1, RecorderNote.Kind.MODULES_LOADED, handlers, HostClock.now(),
                        "the host changed: during the dumps, the kernel loaded " + String.join(", ", loaded));
    }

    /** Returns the first word of each line. */
    static Set<String> names(ProcFiles.Text text) {
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
