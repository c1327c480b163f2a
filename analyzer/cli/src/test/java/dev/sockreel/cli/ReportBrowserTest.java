package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Opens the report from disk in a real browser and uses it by mouse and keyboard. */
@Tag("browser")
class ReportBrowserTest {
    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Path whole;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        whole = report(Captures.WHOLE, 0);
    }

    @AfterAll
    static void end() {
        if (browser != null) { // null when the start was skipped
            browser.close();
        }
    }

    private static Path report(Path reel, int exit, String... options) {
        Path page = folder.resolve(reel.getFileName() + String.join("", options) + ".html");
        if (!Files.exists(page)) {
            List<String> args = new ArrayList<>(List.of("report", reel.toString(), "-o", page.toString()));
            args.addAll(Arrays.asList(options));
            CommandRun.of(args.toArray(String[]::new)).exits(exit);
        }
        return page;
    }

    private static Browser opened(Path page) {
        browser.size(1280, 900).dark(false);
        browser.console();
        browser.requests();
        browser.open(page);
        assertTrue(browser.waitFor("document.documentElement.dataset.ready !== undefined"),
                page + " does not get ready");
        return browser;
    }

    private static Map<String, @Nullable Object> found(Path reel) {
        return JsonTree.object(CommandRun.of(reel, "findings", "--format", "json").out());
    }

    private static List<Map<String, @Nullable Object>> causes(Path reel) {
        return JsonTree.asObjects(found(reel).get("causes"));
    }

    private static List<Map<String, @Nullable Object>> findings(Path reel) {
        return JsonTree.asObjects(found(reel).get("findings"));
    }

    private static void unfold() {
        browser.run("document.querySelectorAll('.cause details').forEach(d => d.open = true)");
    }

    @Test
    void itAsksForNothingAndComplainsOfNothing() {
        opened(whole);
        unfold();
        browser.run("document.querySelectorAll('.card').forEach(c => c.scrollIntoView())");
        browser.run("document.querySelector('.sockets tbody button').click()");
        assertTrue(browser.waitFor("document.getElementById('panel').open"));
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(whole.toUri().toString()), browser.requests());
    }

    /** The page lists the causes of {@code findings --format json} in the same order, each with its findings behind it. */
    @Test
    void theCausesComeFirstTheWorstOfThemFirst() {
        List<Map<String, @Nullable Object>> causes = causes(Captures.WHOLE);
        List<Map<String, @Nullable Object>> findings = findings(Captures.WHOLE);
        opened(whole).picture("whole-light");
        assertEquals(causes.stream().map(ReportBrowserTest::inShort).toList(), shortsOf(".cause"));
        assertEquals(causes.stream().map(c -> c.get("sentence")).toList(), browser.texts(".cause > h3"));
        for (Map<String, @Nullable Object> cause : causes) {
            List<Map<String, @Nullable Object>> own =
                    findings.stream().filter(f -> Objects.equals(cause.get("id"), f.get("cause"))).toList();
            String behind = "#" + cause.get("id") + " .card";
            assertEquals(own.stream().map(ReportBrowserTest::inShort).limit(25).toList(), shortsOf(behind));
            assertEquals(own.stream().map(f -> f.get("why")).limit(25).toList(), browser.texts(behind + " .why"));
        }
        assertFalse(browser.all(".card").getFirst().isDisplayed(), "the sockets are folded behind their cause");
        long critical = causes.stream().filter(f -> "critical".equals(f.get("severity"))).count();
        assertTrue(browser.text("h1").startsWith(critical + " critical"), browser.text("h1"));
        assertTrue(browser.text(".summary").startsWith(causes.size() + " causes with " + findings.size() + " findings"),
                browser.text(".summary"));
        assertTrue(browser.one("#wrong").getRect().getY() < browser.one("#unseen").getRect().getY());
    }

    private static String inShort(Map<String, @Nullable Object> cause) {
        Object what = cause.containsKey("what") ? cause.get("what") : cause.get("id");
        return cause.get("severity") + " " + what + " " + cause.get("certainty");
    }

    private static List<String> shortsOf(String css) {
        return browser.all(css).stream()
                .map(c -> String.valueOf(browser.run("""
                        const text = css => arguments[0].querySelector(css).textContent;
                        return [text('.badge'), text('.kind code'), text('.sure b')].join(' ');
                        """, c)))
                .toList();
    }

    @Test
    void aFindingHasAChartOfItsQueue() {
        opened(whole);
        unfold();
        browser.run("document.querySelector('.card').scrollIntoView()");
        assertTrue(browser.waitFor("document.querySelector('.card canvas')"));
        String described = String.valueOf(browser.one("#finding-0 .chart").getDomAttribute("aria-label"));
        assertTrue(described.matches("(Receive queue|Connections).*: .*\\d.* in 5 snapshots"), described);
        Object drawn = browser.run("""
                const canvas = document.querySelector('#finding-0 canvas');
                const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                return dots.some((v, i) => i % 4 === 3 && v === 255);
                """);
        assertEquals(true, drawn, "nothing is drawn");
    }

    private static void openGrowing() {
        opened(whole);
        browser.one("#search").sendKeys("127.0.0.1:22001 127.0.0.1:46002");
        browser.all(".sockets tbody button").getFirst().click();
        assertTrue(browser.waitFor("document.querySelector('#panel .chart .u-over')"));
    }

    /** The arrow keys move a cursor over the snapshots, and what it shows is read out. */
    @Test
    void theKeyboardReadsAChart() {
        openGrowing();
        browser.run("document.querySelector('#panel .chart').focus()");
        List<String> read = new ArrayList<>();
        for (Keys key : List.of(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.END, Keys.ARROW_RIGHT,
                Keys.ARROW_LEFT)) {
            browser.press(key);
            read.add(browser.texts("#panel .reading").getFirst().replaceAll(", \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC", ""));
        }
        assertEquals(
                List.of("snapshot 0: 11,000 B, ESTAB", "snapshot 1: 21,000 B, ESTAB", "snapshot 2: 31,000 B, ESTAB",
                        "snapshot 4: 51,000 B, ESTAB", "snapshot 4: 51,000 B, ESTAB", "snapshot 3: 41,000 B, ESTAB"),
                read);
        assertEquals("polite", browser.all("#panel .reading").getFirst().getDomAttribute("aria-live"));
        assertTrue(browser.all("#panel .cursor").getFirst().isDisplayed());
        browser.tab();
        assertFalse(browser.all("#panel .cursor").getFirst().isDisplayed());
    }

    @Test
    void thePointerReadsAChart() {
        openGrowing();
        browser.hover("#panel .chart .u-over", 0.5);
        String middle = browser.texts("#panel .reading").getFirst();
        assertTrue(middle.startsWith("snapshot 2, ") && middle.endsWith("UTC: 31,000 B, ESTAB"), middle);
        browser.hover("#panel .chart .u-over", 0.02);
        String first = browser.texts("#panel .reading").getFirst();
        assertTrue(first.startsWith("snapshot 0, ") && first.endsWith("UTC: 11,000 B, ESTAB"), first);
        browser.picture("reading");
        assertEquals("off", browser.all("#panel .reading").getFirst().getDomAttribute("aria-live"));
    }

    private static void follow(String fragment) {
        browser.run("document.location.hash = arguments[0]", fragment);
        assertTrue(browser.waitFor("document.querySelector('.aimed') || !document.getElementById('missing').hidden"));
    }

    private static boolean isInView(String css) {
        return Boolean.TRUE.equals(browser.run("""
                const box = document.querySelector(arguments[0]).getBoundingClientRect();
                return box.top >= -1 && box.top < innerHeight;
                """, css));
    }

    /** A link to a socket with a finding unfolds its cause and scrolls to the finding, wherever the page is. */
    @Test
    void aLinkLeadsToAFinding() {
        Map<String, @Nullable Object> last = findings(Captures.WHOLE).stream()
                .filter(f -> "c2".equals(f.get("cause")))
                .toList()
                .getLast();
        String fragment = "socket=" + JsonTree.asObject(last.get("socket")).get("cookie");
        opened(whole);
        follow(fragment);
        assertTrue(browser.one("#c2 .behind").isDisplayed());
        assertTrue(isInView(".aimed"));
        assertEquals(fragment, browser.one(".aimed .kind").getDomAttribute("id"));
        browser.all(".whose a").getFirst().click();
        follow("c2");
        assertTrue(browser.one("#c2").isDisplayed(), "the filter does not hide what a link leads to");
        assertTrue(isInView("#c2"));
    }

    /** A link to any other socket shows its row, though it is far down or filtered out, and opens it. */
    @Test
    void aLinkLeadsToARow() {
        opened(whole);
        browser.one("#search").sendKeys("no such socket");
        Object plain = browser.run("""
                const data = JSON.parse(document.getElementById('data').textContent);
                return data.sockets.findLast(s => s.findings.length === 0).cookie;
                """);
        follow("socket=" + plain);
        assertTrue(browser.waitFor("document.getElementById('panel').open"));
        assertTrue(browser.text("#panel").contains(String.valueOf(plain)), browser.text("#panel"));
        assertEquals("#socket=" + plain, browser.one("#panel header a").getDomAttribute("href"));
        browser.press(Keys.ESCAPE);
        assertTrue(isInView("tr.aimed"));
        follow("socket=1");
        assertTrue(browser.text("#missing").contains("does not have the socket with cookie 1"),
                browser.text("#missing"));
    }

    @Test
    void aLinkIsFollowedWhenThePageOpens() {
        opened(whole);
        Object last = browser.run("return [...document.querySelectorAll('.card .kind[id]')].at(-1).id");
        browser.open(whole, "#" + last);
        assertTrue(browser.waitFor("document.querySelector('.aimed')"));
        assertTrue(browser.all(".aimed").getFirst().isDisplayed());
        assertTrue(isInView(".aimed"));
    }

    @Test
    void theSnapshotsHaveATimeAxis() {
        opened(whole);
        assertEquals(5, browser.all(".axis .mark").size());
        assertFalse(browser.all(".axis text").isEmpty());
        String described = String.valueOf(browser.one(".axis").getDomAttribute("aria-label"));
        assertTrue(described.matches("5 snapshots in \\d.*: from 2026-\\d\\d-\\d\\d .* to 2026.* UTC"), described);
    }

    @Test
    void oneProcessAloneAndAllAgain() {
        opened(whole);
        int all = visibleCauses();
        browser.all(".whose a").getLast().click();
        int own = visibleCauses();
        assertTrue(own > 0 && own < all, own + " of " + all);
        assertEquals("true", browser.all(".whose a").getLast().getDomAttribute("aria-pressed"));
        browser.one("#filtered button").click();
        assertEquals(all, visibleCauses());
    }

    private static int visibleCauses() {
        return (int) browser.all(".cause").stream().filter(c -> c.isDisplayed()).count();
    }

    /** Returns the row of {@code show} for each socket, from the last snapshot that lists it. */
    private static List<Map<String, @Nullable Object>> lastRows(Path reel) {
        Map<Object, Map<String, @Nullable Object>> last = new HashMap<>();
        JsonTree.lines(CommandRun.of(reel, "show", "--all", "--format", "ndjson").out())
                .forEach(r -> last.put(String.valueOf(r.get("netid")) + r.get("cookie"), r));
        return List.copyOf(last.values());
    }

    @Test
    void theTableSorts() {
        List<Long> queues = new ArrayList<>(lastRows(Captures.WHOLE).stream()
                .filter(r -> r.get("recvQ") != null)
                .map(r -> ((Number) r.get("recvQ")).longValue())
                .toList());
        queues.sort(Collections.reverseOrder());
        opened(whole);
        browser.all(".sockets thead button").get(5).click();
        assertEquals("descending", browser.all(".sockets thead th").get(5).getDomAttribute("aria-sort"));
        List<Long> shown = numbers(".sockets tbody td:nth-child(6)");
        assertEquals(queues.subList(0, shown.size()), shown);
        browser.all(".sockets thead button").get(5).click();
        assertEquals("ascending", browser.all(".sockets thead th").get(5).getDomAttribute("aria-sort"));
        assertEquals(queues.getLast(), numbers(".sockets tbody td:nth-child(6)").getFirst());
    }

    private static List<Long> numbers(String css) {
        return browser.texts(css).stream()
                .filter(t -> t.matches("\\d.*"))
                .map(t -> Long.parseLong(t.replaceAll("[^\\d].*?(?=\\d|$)", "").replace(",", "")))
                .toList();
    }

    @Test
    void theTableFilters() {
        List<Map<String, @Nullable Object>> sockets = lastRows(Captures.WHOLE);
        opened(whole);
        assertTrue(browser.text(".count").contains(sockets.size() + " sockets"), browser.text(".count"));
        browser.one("#search").sendKeys("hd-mover tcp estab");
        long wanted = sockets.stream()
                .filter(r -> "tcp".equals(r.get("netid")) && "ESTAB".equals(r.get("state")))
                .filter(r -> String.valueOf(r.get("owners")).contains("hd-mover"))
                .count();
        assertTrue(wanted > 2);
        assertEquals(wanted, browser.all(".sockets tbody tr").size());
        browser.one("#search").clear();
        browser.one("#search").sendKeys("x");
        browser.press(Keys.BACK_SPACE);
        browser.run(
                "const k = document.getElementById('only'); k.value = 'waiting'; k.dispatchEvent(new Event('change'))");
        long waiting = sockets.stream().filter(r -> Boolean.TRUE.equals(r.get("waiting"))).count();
        assertEquals(waiting, browser.all(".sockets tbody tr").size());
        browser.one("#search").sendKeys("no such socket");
        assertEquals(0, browser.all(".sockets tbody tr").size());
        assertTrue(browser.text(".count").startsWith("0 sockets"), browser.text(".count"));
    }

    @Test
    void byKeyboardAlone() {
        opened(whole);
        browser.tab();
        assertEquals("Skip to what is wrong", browser.focused());
        browser.tab().press(Keys.ENTER);
        assertEquals("sockets", browser.run("return document.activeElement.id"));
        for (int i = 0; i < 30 && !"name".equals(browser.run("return document.activeElement.className")); i++) {
            browser.tab();
        }
        String first = browser.focused();
        browser.press(Keys.ARROW_DOWN).press(Keys.ARROW_DOWN);
        String third = browser.focused();
        assertNotEquals(first, third);
        assertEquals(browser.texts(".sockets tbody th").get(2), third);
        browser.press(Keys.ENTER);
        assertEquals(true, browser.run("return document.getElementById('panel').open"));
        assertTrue(browser.text("#panel-title").contains(third), browser.text("#panel-title"));
        for (int i = 0; i < 40; i++) {
            browser.tab();
            assertEquals(true, browser.run(
                    "return document.activeElement === document.body"
                            + " || document.getElementById('panel').contains(document.activeElement)"));
        }
        browser.press(Keys.ESCAPE);
        assertEquals(false, browser.run("return document.getElementById('panel').open"));
        assertEquals(third, browser.focused());
    }

    @Test
    void thePanelShowsTheHistory() {
        opened(whole);
        browser.one("#search").sendKeys("127.0.0.1:22001 127.0.0.1:46002");
        browser.all(".sockets tbody button").getFirst().click();
        assertTrue(browser.waitFor("document.getElementById('panel').open"));
        browser.picture("panel-light");
        String panel = browser.text("#panel");
        for (String queue : List.of("11,000", "21,000", "31,000", "41,000", "51,000", "unread-stuck",
                "INET_DIAG_INFO")) {
            assertTrue(panel.contains(queue), queue + " is not in " + panel);
        }
        assertTrue(browser.all("#panel canvas").size() >= 1);
    }

    /** Names that look like markup or script, or try to end the data, do no harm. */
    @Test
    void noNameRuns() throws IOException {
        List<String> names = List.of(
                "<script>window.ran=1</script>", "</script><script>window.ran=2</script>", "<!--<script>window.ran=3",
                "\"><img src=x onerror=window.ran=4>", "{{why}}{{{island}}}", "&lt;b&gt;&#60;",
                "]]>\u2028\u2029'`${window.ran=5}",
                "\u202egnp.exe\u001b[31m\u0000", "javascript:window.ran=6");
        Path reel = Captures.named("hostile.reel", Captures.ALL_BUT_ICONS, "</script><script>window.ran=7</script>",
                names.stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
        Path page = report(reel, 0, "--min-snapshots", "1", "--min-time", "0s");
        opened(page).picture("hostile");
        assertEquals(null, browser.run("return window.ran ?? null"));
        assertEquals(3, browser.all("script").size());
        assertEquals(0, browser.all("img, iframe, object, embed, link, a[href^='javascript']").size());
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(page.toUri().toString()), browser.requests());
        String table = browser.text("#table");
        for (String name : names.subList(0, 6)) {
            assertTrue(table.contains(name), name + " is not shown as it is: " + table);
        }
        assertFalse(Files.readString(page).contains("\u202e"));
        browser.all(".sockets tbody button").forEach(b -> {
            browser.run("arguments[0].click()", b);
            browser.press(Keys.ESCAPE);
        });
        assertEquals(null, browser.run("return window.ran ?? null"));
    }

    @Test
    void bothColourSchemesCanBeReadByEverybody() {
        for (boolean dark : new boolean[] {false, true}) {
            opened(whole).dark(dark);
            browser.picture(dark ? "whole-dark" : "whole-light");
            Object ground = browser.run("return getComputedStyle(document.body).backgroundColor");
            assertEquals(dark ? "rgb(20, 23, 26)" : "rgb(255, 255, 255)", ground);
            unfold();
            browser.run("document.querySelectorAll('.card').forEach(c => c.scrollIntoView())");
            assertEquals(List.of(), browser.accessibilityFaults(), dark ? "dark" : "light");
            browser.all(".sockets tbody button").getFirst().click();
            assertTrue(browser.waitFor("document.getElementById('panel').open"));
            browser.picture(dark ? "panel-dark" : "panel-light");
            assertEquals(List.of(), browser.accessibilityFaults(), dark ? "dark panel" : "light panel");
        }
    }

    @Test
    void aNarrowScreenNeedsNoSidewaysScrolling() {
        opened(whole).size(400, 800);
        unfold();
        browser.run("document.querySelectorAll('.card').forEach(c => c.scrollIntoView())");
        browser.run("scrollTo(0, 0)");
        browser.picture("narrow");
        assertEquals(true,
                browser.run("return document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth"));
        browser.run("document.querySelector('.sockets tbody button').click()");
        assertTrue(browser.waitFor("document.getElementById('panel').open"));
        browser.picture("narrow-panel");
        assertEquals(true,
                browser.run("const p = document.getElementById('panel'); return p.scrollWidth <= p.clientWidth"));
    }

    @Test
    void withoutScriptsTheFindingsAreThere() throws IOException {
        browser.scripts(false);
        try {
            browser.size(1280, 900).open(whole).picture("no-scripts");
            assertFalse(Files.readString(whole).contains("data-ready"));
        } finally {
            browser.scripts(true);
        }
        String html = Files.readString(whole);
        String before = html.substring(0, html.indexOf("<script"));
        for (Map<String, @Nullable Object> c : causes(Captures.WHOLE)) {
            assertTrue(before.contains(escaped(c.get("sentence"))), String.valueOf(c));
            assertTrue(before.contains(escaped(c.get("next"))), String.valueOf(c));
        }
        for (Map<String, @Nullable Object> f : findings(Captures.WHOLE)) {
            assertTrue(before.contains(escaped(f.get("why"))), String.valueOf(f));
        }
    }

    private static String escaped(@Nullable Object text) {
        return String.valueOf(text).replace("'", "&#x27;").replace("=", "&#x3D;");
    }

    @Test
    void whatWeakensTheAnswerStandsOnTop() {
        opened(report(Captures.TRUNCATED, 4)).picture("truncated");
        assertTrue(browser.one(".weak").getRect().getY() < browser.one("#wrong").getRect().getY());
        assertTrue(browser.text(".weak").contains("truncated"), browser.text(".weak"));
        assertTrue(browser.texts(".timeline td").stream().anyMatch(t -> t.contains("truncated")));
        opened(report(Captures.CUT, 4)).picture("cut");
        assertTrue(browser.text(".weak").contains("byte "), browser.text(".weak"));
        opened(whole); // all of it arrived, but it is the dumps of three families
        assertEquals(1, browser.all(".weak li").size());
        assertTrue(browser.text(".weak").contains("does not have every family"), browser.text(".weak"));
    }

    @Test
    void noFindingsAreQualifiedByWhatWasNotSeen() {
        opened(report(Captures.UNAVAILABLE, 0)).picture("nothing-wrong");
        assertEquals("Too few snapshots to find problems", browser.text("h1"));
        assertEquals(1, browser.all(".top.warning").size());
        assertTrue(browser.text(".weak").contains("unix_diag"), browser.text(".weak"));
        assertTrue(browser.text("#unseen").contains("vsock sockets"), browser.text("#unseen"));
        assertEquals(List.of(), browser.accessibilityFaults());
    }

    @Test
    void manySocketsDoNotKillTheBrowser() throws IOException {
        byte[][] names = new byte[100_000][];
        Arrays.setAll(names, i -> ("/run/many/" + i + ".sock").getBytes(StandardCharsets.UTF_8));
        Path reel = Captures.named("many.reel", Captures.ALL_BUT_ICONS, "many", names);
        Path page = report(reel, 0, "--min-snapshots", "1", "--min-time", "0s");
        assertTrue(Files.size(page) < 8_000_000, Files.size(page) + " bytes");
        opened(page).picture("many");
        assertTrue(browser.all(".sockets tbody tr").size() <= 100);
        assertTrue(browser.text("#sockets").contains("up to 100000"), browser.text("#sockets"));
        browser.one("#search").sendKeys("/run/many/77.sock");
        assertEquals(1, browser.all(".sockets tbody tr").size());
        assertEquals(List.of(), browser.console());
    }

    @Test
    void onPaperItIsLightAndHasNoControls() {
        opened(whole).dark(true);
        browser.paper(true);
        browser.picture("paper");
        assertEquals("rgb(255, 255, 255)", browser.run("return getComputedStyle(document.body).backgroundColor"));
        assertFalse(browser.one(".filters").isDisplayed());
        browser.paper(false);
        assertTrue(
                browser.all(".filters").stream().map(f -> f.isDisplayed()).collect(Collectors.toSet()).contains(true));
    }
}
