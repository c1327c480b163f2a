package dev.sockreel.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.Captures;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportLimits;
import dev.sockreel.report.ReportRun;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks how causes are written into the page. */
class HtmlReportTest {
    private static final ReportRun.Listener SILENT = new ReportRun.Listener() {
        @Override
        public void read(Snapshot snapshot) {}

        @Override
        public void ended(CaptureReader capture) {}

        @Override
        public void followed(int snapshots, int of) {}
    };

    @SuppressWarnings("NullAway.Init")
    private static ReportData whole;

    @BeforeAll
    static void read() throws IOException {
        whole = ReportRun.of(List.of(Captures.WHOLE), Thresholds.DEFAULT, ReportLimits.DEFAULT, SILENT);
    }

    private static ReportData with(List<Cause> causes, List<Finding> findings, LastSnapshot last) {
        Findings f = whole.findings();
        return new ReportData(
                whole.captures(), whole.snapshots(), new Findings(causes, findings, f.dumps(), f.coverage(), last),
                whole.sockets(), whole.everything(), whole.timeline(), whole.states(),
                List.of());
    }

    private static ReportData with(List<Cause> causes) {
        return with(causes, whole.findings().findings(), whole.findings().last());
    }

    private static String page(ReportData data) throws IOException {
        StringBuilder out = new StringBuilder();
        HtmlReport.write(data, new InputProblems().caveats(), "test", out);
        return out.toString();
    }

    private static Cause cause(
            String id, Severity severity, @Nullable String waitsFor, List<Victim> victims, List<Integer> findings,
            String sentence) {
        Cause like = whole.findings().causes().getFirst();
        return new Cause(
                id, severity, Certainty.LIKELY, What.NOT_READING, like.processes(), 4026531840L, null, "127.0.0.1:1",
                Map.of("127.0.0.1", 2), 2, 10, like.since(), like.until(), like.since(), false, 0, waitsFor, victims,
                findings,
                sentence, "Do this.");
    }

    private static Victim victim(int pid, String comm, @Nullable Boolean blocked) {
        return new Victim(pid, comm, 0, 1, blocked, Certainty.PROVED);
    }

    /** Returns the markup of a cause's card. */
    private static String card(String page, String id) {
        Matcher m = Pattern
                .compile(
                        "(?s)<article class=\"cause [a-z]+\" id=\"" + id + "\".*?(?=<article class=\"cause|</section>)")
                .matcher(page);
        assertTrue(m.find(), id + " has no card");
        return m.group();
    }

    @Test
    void aChainLinksItsCauses() throws IOException {
        String page = page(with(List.of(
                cause("c1", Severity.CRITICAL, null, List.of(victim(2, "proxy", null)), List.of(0), "The root."),
                cause("c2", Severity.CRITICAL, "c1",
                        List.of(victim(3, "uploader", true), victim(4, "idler", false)), List.of(1), "The proxy."),
                cause("c3", Severity.WARNING, "c3", List.of(), List.of(2), "The loop."))));
        String root = card(page, "c1");
        assertTrue(root.contains("<dt>Perhaps blocks</dt><dd><bdi>proxy (pid 2)</bdi>"), root);
        assertTrue(root.contains("<dt>Blocked behind</dt><dd><bdi>uploader (pid 3)</bdi>"), root);
        assertTrue(root.contains("<a href=\"#c2\">c2</a> <bdi>The proxy.</bdi>"), root);
        assertFalse(root.contains("Waits for<"), root);
        String proxy = card(page, "c2");
        assertTrue(proxy.contains("<dt>Waits for</dt><dd><a href=\"#c1\">c1</a>"), proxy);
        assertTrue(proxy.contains("<dt>Blocks</dt><dd><bdi>uploader (pid 3)</bdi>"), proxy);
        assertTrue(proxy.contains("<dt>Does not block</dt><dd><bdi>idler (pid 4)</bdi>"), proxy);
        assertTrue(card(page, "c3").contains("<dt>Waits for</dt><dd>itself: "), page);
        assertTrue(page.contains("<h1>2 critical, 1 warning</h1>"));
        assertTrue(page.contains("<p class=\"summary\">3 causes with "));
    }

    @Test
    void namesAreEscaped() throws IOException {
        String hostile = "<b>&\"'</b><script>";
        String page = page(with(List.of(
                cause("c1", Severity.CRITICAL, null, List.of(victim(2, hostile, true)), List.of(0), hostile),
                cause("c2", Severity.CRITICAL, "c1", List.of(), List.of(0), hostile))));
        assertFalse(page.contains(hostile));
        assertFalse(page.contains("<b>&"));
        assertEquals(3, Pattern.compile("<script").matcher(page).results().count());
    }

    @Test
    void aProcessThatIsNotKnownAndNone() throws IOException {
        Cause like = whole.findings().causes().getFirst();
        List<Cause> two = new ArrayList<>();
        List<@Nullable List<Owner>> processes = new ArrayList<>();
        processes.add(null);
        processes.add(List.of());
        for (List<Owner> nobody : processes) {
            two.add(new Cause(
                    "c" + (two.size() + 1), like.severity(), like.certainty(), like.what(), nobody, 0, "blue", null,
                    Map.of(), 1, 0, like.since(), like.until(), like.atLeastSince(), null, 0, null, List.of(),
                    List.of(),
                    "One.",
                    "Next."));
        }
        String page = page(with(two));
        assertTrue(card(page, "c1").contains("not known: "), page);
        assertTrue(card(page, "c2").contains("<dd>no process</dd>"), page);
        assertTrue(card(page, "c2").contains("namespace blue"), page);
    }

    /** Many causes make lines, then a number, and no page that a browser cannot open. */
    @Test
    void manyCausesAreBounded() throws IOException {
        List<Cause> causes = new ArrayList<>();
        List<Integer> all = IntStream.range(0, whole.findings().findings().size()).boxed().toList();
        for (int i = 1; i <= 1000; i++) {
            causes.add(cause("c" + i, Severity.WARNING, i == 1 ? "c700" : null, List.of(), all, "Cause " + i + "."));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Finding f = whole.findings().findings().get(i % all.size());
            findings.add(f.withCause("c" + (i / 40 + 1)));
        }
        String page = page(with(causes, findings, whole.findings().last()));
        assertTrue(page.length() < 8_000_000, page.length() + " characters");
        assertEquals(CauseViews.MAX_CARDS, count(page, "<article class=\"cause "));
        assertEquals(FindingViews.MAX_CARDS, count(page, "<article class=\"card "));
        assertEquals(FindingViews.MAX_LINES, count(page, " href=\"#socket=\\d+\">link</a>"));
        assertTrue(page.contains("id=\"c600\""));
        assertTrue(page.contains("and 400 more: <code>sockreel findings whole.reel</code>"), "the rest is counted");
        assertTrue(page.contains(": <code>sockreel findings whole.reel --sockets</code>"), "so are findings");
        assertTrue(card(page, "c1").contains("<dd>c700, which"), "c700 is not in the page, so there is no link to it");
        assertTrue(page.contains("1,000 warnings"));
    }

    /** Commands have the file's own name, without its folder, so that they can be pasted. */
    @Test
    void commandsNameTheFile(@TempDir Path folder) throws IOException {
        Path odd = Files.copy(Captures.WHOLE, folder.resolve("my host's $x.reel"));
        ReportData data = ReportRun.of(
                List.of(odd), Thresholds.DEFAULT, new ReportLimits(10, 5, 2, 2, 20, 3), SILENT);
        String page = page(data).replaceAll("&#(39|x27);", "'");
        assertTrue(page.contains("<code>sockreel show 'my host'\\''s $x.reel'</code> lists all."), page);
        assertFalse(page.contains(folder.toString()));
    }

    /** Numbers that the queue does not show are drawn from the evidence: its first and last point, and no more than fit. */
    @Test
    void evidenceIsDrawn() {
        Finding like = whole.findings().findings().getFirst();
        List<Evidence> drops = IntStream.range(0, 1000)
                .mapToObj(i -> new Evidence(
                        i, new ReceiveTime(1_000_000_000L * i, i), Map.<String, Object>of("SK_MEMINFO_DROPS", 2L * i)))
                .toList();
        String json = Objects.requireNonNull(EvidenceChart.json(like.withEvidence(drops), true));
        List<?> points = (List<?>) Objects.requireNonNull(JsonTree.object(json).get("points"));
        assertEquals(240, points.size());
        assertEquals("[0, 0, 0]", points.getFirst().toString());
        assertEquals("[999, 999000, 1998]", points.getLast().toString());
        List<Evidence> unread = List.of(new Evidence(0, ReceiveTime.NONE, Map.of("unread", 7L)),
                new Evidence(1, ReceiveTime.NONE, Map.of("unread", 9L)));
        assertNull(EvidenceChart.json(like.withEvidence(unread), true), "the queue is drawn");
        assertTrue(Objects.requireNonNull(EvidenceChart.json(like.withEvidence(unread), false)).contains(
                "\"points\":[[0,null,7],[1,null,9]]"));
        assertNull(EvidenceChart.json(like.withEvidence(drops.subList(0, 1)), false), "one point is no chart");
    }

    @Test
    void aCardShowsEachKind() throws IOException {
        Finding like = whole.findings().findings().getFirst();
        List<Finding> many = new ArrayList<>(Collections.nCopies(30, like));
        Finding other = whole.findings().findings().stream().filter(f -> !f.id().equals(like.id())).findFirst()
                .orElseThrow();
        many.add(other);
        List<Finding> ofOne = many.stream().map(f -> f.withCause("c1")).toList();
        String page = page(with(List.of(cause("c1", Severity.WARNING, null, List.of(),
                IntStream.range(0, ofOne.size()).boxed().toList(), "One.")), ofOne, whole.findings().last()));
        assertTrue(page.contains("data-finding=\"" + other.id() + "\""));
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    /** The first entry of a socket has its id, every entry has the link. */
    @Test
    void everySocketWithACookieHasOneTarget() throws IOException {
        String page = page(whole);
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page).results().map(r -> r.group(1)).toList();
        assertEquals(ids.stream().distinct().toList(), ids);
        for (Finding f : whole.findings().findings()) {
            String fragment = "socket=" + f.socket().socket().cookie();
            assertTrue(ids.contains(fragment), fragment);
            assertTrue(page.contains("href=\"#" + fragment + "\""), fragment);
        }
    }

    @Test
    void tooFewSnapshotsAreNoAllClear() throws IOException {
        String page = page(with(List.of(), List.of(), new LastSnapshot(2, 3, 5, 100, 0, 1, 0)));
        assertTrue(page.contains("<h1>Too few snapshots to find problems</h1>"));
        assertTrue(page.contains("needs 3 snapshots in a row, and there are 2. The last one lists 5 sockets"));
        assertFalse(page.contains("No problems found"));
        assertTrue(page.contains("class=\"top warning\""));
    }

    @Test
    void aColumnSaysHowManySnapshotsItStandsFor() throws IOException {
        ReportData few = ReportRun.of(
                List.of(Captures.WHOLE), Thresholds.DEFAULT, new ReportLimits(10, 4, 4, 1, 2, 1), SILENT);
        assertTrue(page(few).contains("one column for up to 3 snapshots, showing their worst verdict"));
    }

    @Test
    void withoutCausesItSaysHowMuchWasSeen() throws IOException {
        String page = page(with(List.of(), List.of(), new LastSnapshot(5, 3, 0, 0, 0, 0, 0)));
        assertTrue(page.contains("<h1>No problems found in what could be seen</h1>"));
        assertTrue(page.contains("class=\"top warning\""));
        assertTrue(page.contains("0 causes with 0 findings in 5 snapshots"));
    }

    @Test
    void theCausesOfTheCapture() throws IOException {
        String page = page(whole);
        for (Cause c : whole.findings().causes()) {
            String card = card(page, c.id());
            List<Finding> own = whole.findings().findings().stream().filter(f -> f.cause().equals(c.id())).toList();
            assertEquals(Math.min(FindingViews.MAX_CARDS_PER_CAUSE, own.size()), count(card, "<article class=\"card "));
            assertTrue(card.contains("<code>" + c.what().id() + "</code>"));
        }
    }
}
