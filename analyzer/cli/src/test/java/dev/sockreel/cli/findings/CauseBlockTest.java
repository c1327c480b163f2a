package dev.sockreel.cli.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.printing.Streams;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.snapshot.Owner;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cause stays a block that fits a terminal, whatever its names and numbers are. */
class CauseBlockTest {
    private static final ReceiveTime NOW = new ReceiveTime(1_800_000_000_000_000_000L, 0);

    private static Owner owner(int pid, String comm) {
        return new Owner(new OwnerProcess(pid, comm, "S", ProcessFacts.UNKNOWN, OwnerProcess.UNKNOWN, null), 3, NOW);
    }

    private static Cause cause(String id, @Nullable String waitsFor, String sentence, List<Owner> owners,
            List<Victim> victims) {
        return new Cause(
                id, Severity.CRITICAL, Certainty.LIKELY, What.NOT_READING, owners, 1, null, "127.0.0.1:1", Map.of(), 1,
                1, NOW, NOW, NOW, false, 0, waitsFor, victims, List.of(0), sentence, "Do this. ".repeat(100));
    }

    private static List<Victim> victims(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Victim(100 + i, "victim-number-" + i, 1, 1, i % 3 == 0 ? null : i % 3 == 1,
                        Certainty.LIKELY))
                .toList();
    }

    private static List<Cause> longAndShort() {
        List<Owner> many = IntStream.range(0, 300).mapToObj(i -> owner(i, "worker" + i)).toList();
        List<Cause> causes = new ArrayList<>();
        for (int words : new int[] {1, 30, 2000}) {
            for (List<Owner> owners : List.of(List.<Owner>of(), many.subList(0, 1), many)) {
                causes.add(cause("c1", "c2", "word ".repeat(words) + "x".repeat(words), owners, victims(200)));
            }
        }
        return causes;
    }

    @Test
    void onATerminalItHasAtMostTwelveLinesThatFit() {
        for (int columns : new int[] {80, 120, 200}) {
            Streams.onTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(), columns).run(() -> {
                        for (Cause cause : longAndShort()) {
                            List<String> lines = CauseBlock.of(cause, List.of(cause));
                            assertTrue(1 + lines.size() <= CauseBlock.MAX_LINES, lines.toString());
                            lines.forEach(l -> assertTrue(l.length() <= columns, l));
                        }
                        return 0;
                    });
        }
    }

    @Test
    void elsewhereNothingIsCut() {
        for (Cause cause : longAndShort()) {
            List<String> lines = CauseBlock.of(cause, List.of(cause));
            String all = lines.stream().map(String::strip).collect(Collectors.joining(" "));
            assertFalse(all.contains("…"), all);
            assertTrue(all.contains(cause.sentence()) && all.contains(cause.next().strip()), all);
        }
    }

    @Test
    void namesCannotSteerATerminal() {
        Cause cause = cause("c1", null, "evil\u001b[2J does not read.", List.of(owner(1, "a\u0007b")), List.of());
        assertTrue(CauseBlock.of(cause, List.of(cause)).stream().noneMatch(l -> l.chars().anyMatch(
                Character::isISOControl)));
        assertTrue(CauseBlock.line(cause, 10).chars().noneMatch(Character::isISOControl));
    }

    @Test
    void causesThatWaitForEachOtherAreADeadlock() {
        Cause one = cause("c1", "c2", "One.", List.of(owner(1, "one")), List.of());
        Cause two = cause("c2", "c1", "Two.", List.of(owner(2, "two")), List.of());
        Cause three = cause("c3", "c1", "Three.", List.of(owner(3, "three")), List.of());
        List<Cause> all = List.of(one, two, three);
        assertEquals("  waits  for c2, which waits for it: a deadlock", waits(one, all));
        assertEquals("  waits  for c1, which waits for it: a deadlock", waits(two, all));
        assertEquals("  waits  for c1, which keeps it from acting: it is not to blame", waits(three, all));
    }

    private static String waits(Cause cause, List<Cause> all) {
        return CauseBlock.of(cause, all).stream().filter(l -> l.startsWith("  waits")).findFirst().orElse("");
    }
}
