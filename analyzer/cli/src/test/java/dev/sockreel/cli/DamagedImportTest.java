package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Damage;
import dev.sockreel.fixtures.Damages;
import dev.sockreel.fixtures.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the messages of {@code sockreel import} about damaged ss dumps: the byte, and the lack of checksums. */
@Tag("process")
class DamagedImportTest {
    private static final Set<String> WHOLE = Set.of("good", "twice");
    /** Damages that only change values in valid messages, which cannot be detected. */
    private static final Set<String> UNDETECTABLE = Set.of("state", "flip-addr");
    private static final Set<String> REFUSED = Set.of("empty", "garbage", "text", "zeros");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void eachIsReportedWithItsByte() throws IOException {
        List<Damage> damages = Damages.of(Sample.COMPLETE_TCP4.bytes());
        int middle =
                damages.stream().filter(d -> d.name().equals("cut-boundary")).findFirst().orElseThrow().bytes().length;
        List<List<String>> commands = new ArrayList<>();
        for (Damage d : damages) {
            Path dump = Files.write(folder.resolve(d.name()), d.bytes());
            commands.add(List.of("import", dump.toString(), "-o", dump + ".reel", "--from", "ss-dump"));
        }
        List<CommandRun> runs = ManyCommands.run("-Xmx48m", commands);
        for (int i = 0; i < damages.size(); i++) {
            Damage d = damages.get(i);
            CommandRun run = runs.get(i);
            if (REFUSED.contains(d.name())) {
                run.exits(3).saysOnly(1);
                assertFalse(Files.exists(folder.resolve(d.name() + ".reel")), d.name());
                continue;
            }
            assertTrue(run.err().contains("has no checksums"), run::toString);
            run.exits(WHOLE.contains(d.name()) || UNDETECTABLE.contains(d.name()) ? 0 : 4);
            if (run.exit() == 4 && !d.name().equals("flip-20")) {
                // Where a dump ends too early, the reported byte is its end.
                int at = d.name().equals("no-done") ? d.bytes().length : middle;
                assertTrue(run.err().contains("(byte " + at + " of the source)"), d + " at " + at + ": " + run);
            }
        }
    }
}
