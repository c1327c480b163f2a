package dev.sockreel.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sockreel.campaign.trial.Finding;
import dev.sockreel.campaign.trial.Findings;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Limits;
import dev.sockreel.campaign.trial.Tally;
import dev.sockreel.campaign.trial.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the first trials of each kind, so that the campaign itself keeps working between campaigns. */
class CampaignTest {
    private static final long SEED = 1;

    @TempDir
    private Path folder;

    private List<String> run(String kindName, int trials, Tally tally) throws IOException {
        Kind kind = Kinds.of(kindName).made().get();
        if (kind.unavailable() != null) {
            abort(kind.unavailable());
        }
        Trials all = new Trials(SEED, new Limits(false, false), Files.createDirectory(folder.resolve("scratch")),
                new Findings(folder.resolve("findings")));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            for (Finding finding : all.run(kind, i, tally)) {
                found.add(i + ": " + finding.sign());
            }
        }
        assertEquals(trials, tally.get("inputs"));
        return found;
    }

    @CsvSource({"crafted, 25", "raw, 15", "fixed, 25", "imports, 25"})
    @ParameterizedTest
    void commandsKeepTheirPromises(String kind, int trials) throws IOException {
        Tally tally = new Tally();
        assertEquals(List.of(), run(kind, trials, tally));
        assertTrue(tally.get("commands") > trials, tally::toLine);
    }

    @ValueSource(strings = {"kills", "clocks", "disks", "hosts"})
    @ParameterizedTest
    void processesKeepTheirPromises(String kind) throws IOException {
        assertEquals(List.of(), run(kind, 1, new Tally()));
    }

    /** A kind whose commands fail has its input cut down to the part that makes them fail. */
    @Test
    void aFindingIsKeptWithASmallInput() throws IOException {
        Trials trials = new Trials(SEED, new Limits(false, false), Files.createDirectory(folder.resolve("scratch")),
                new Findings(folder.resolve("findings")));
        Tally tally = new Tally();
        assertEquals(1, trials.run(new BrokenKind(), 5, tally).size());
        assertEquals(1, trials.run(new BrokenKind(), 6, tally).size());
        assertEquals(2, tally.get("findings"));
        assertEquals(1, tally.get("sorts"));
        List<String> lines = new Findings(folder.resolve("findings")).lines();
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("(2): sockreel verify"), lines.getFirst());
        Path kept = folder.resolve("findings").resolve(lines.getFirst().substring(0, lines.getFirst().indexOf(' ')));
        assertEquals("bad", Files.readString(kept.resolve("input")));
        assertTrue(Files.readString(kept.resolve("finding.txt")).contains("--seed 1 --trial 5 broken"));
    }

    @Test
    void theSameSeedMakesTheSameInput() throws Exception {
        for (Kinds kind : Kinds.ALL) {
            Kind made = kind.made().get();
            List<byte[]> one = made.input(new java.util.Random(4)).parts();
            List<byte[]> two = made.input(new java.util.Random(4)).parts();
            assertEquals(one.size(), two.size());
            for (int i = 0; i < one.size(); i++) {
                assertTrue(java.util.Arrays.equals(one.get(i), two.get(i)), kind.name() + ", part " + i);
            }
        }
    }

    @Test
    void optionsAreChecked() {
        CampaignOptions options = CampaignOptions.parse("--time", "1h", "--seed", "3", "kills", "raw");
        assertEquals(3600, options.time().toSeconds());
        assertEquals(3, options.seed());
        assertEquals(List.of("kills", "raw"), options.kinds().stream().map(Kinds::name).toList());
        assertEquals(2314, options.seconds(Kinds.of("kills")));
        for (String[] wrong : new String[][] {{"--time", "soon"}, {"--seed"}, {"--seed", "x"}, {"strange"},
            {"--trial", "1"}}) {
            assertThrows(IllegalArgumentException.class, () -> CampaignOptions.parse(wrong));
        }
    }

    @Test
    void linesOfATallyAddUp() {
        Tally worker = new Tally();
        worker.add("inputs", 2);
        worker.max("maxCpuMs", 7, "here\tand there");
        Tally all = new Tally();
        all.addLine(worker.toLine());
        all.addLine(worker.toLine());
        all.addLine("");
        assertEquals(4, all.get("inputs"));
        assertEquals(7, all.get("maxCpuMs"));
        assertEquals("here and there", all.at("maxCpuMs"));
        assertNull(Kinds.of("raw").made().get().unavailable());
    }
}
