package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the page as text: what it allows a browser to run and to load. */
class ReportPageTest {
    @TempDir
    private Path folder;

    private String page(Path reel) throws IOException {
        Path out = folder.resolve("page.html");
        CommandRun.of(reel, "report", "-o", out.toString()).exits(0);
        return Files.readString(out);
    }

    private static List<String> inside(String html, String element) {
        List<String> found = new ArrayList<>();
        Matcher m = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(html);
        while (m.find()) {
            found.add(m.group(1));
        }
        return found;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyWhatIsInlinedMayRun() throws IOException {
        String html = page(Captures.WHOLE);
        Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
        assertTrue(policy.find());
        List<String> scripts = inside(html, "script");
        List<String> styles = inside(html, "style");
        assertEquals(2, scripts.size());
        assertEquals(1, styles.size());
        assertEquals(
                "default-src 'none'; script-src " + hash(scripts.get(0)) + " " + hash(scripts.get(1)) + "; style-src "
                        + hash(styles.getFirst()) + "; base-uri 'none'; form-action 'none'",
                policy.group(1).replace("&#x27;", "'").replace("&#x3D;", "=").replace("&#x2B;", "+").replace("&#x2F;",
                        "/"));
        String markup = html.replaceAll("(?s)<(script|style)[ >].*?</\\1>", "");
        assertFalse(
                Pattern.compile("<[^>]* (style|on[a-z]+|src|srcset|data|action|formaction)=", Pattern.CASE_INSENSITIVE)
                        .matcher(markup).find());
        assertFalse(Pattern.compile("<(link|img|iframe|object|embed|base|form|video|audio)\\b").matcher(markup).find());
        assertFalse(Pattern.compile("href=\"(?!#)").matcher(markup).find(), "a link leaves the page");
        assertFalse(Pattern.compile("url\\(|@import").matcher(styles.getFirst()).find());
    }

    /** Texts from a capture become text nodes only. */
    @Test
    void ourScriptsMakeNoMarkupOutOfText() throws IOException {
        String own = inside(page(Captures.WHOLE), "script").get(1);
        for (String way : List.of(
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(",
                "createContextualFragment",
                "DOMParser", "fetch(", "XMLHttpRequest", "WebSocket", "import(", "localStorage", "location",
                ".cookie =")) {
            assertFalse(own.contains(way), way);
        }
    }

    @Test
    void theLibrarysLicenceStandsInThePage() throws IOException {
        String html = page(Captures.WHOLE);
        assertTrue(html.contains("MIT License") && html.contains("Leon Sorokin"), "uPlot's licence");
        assertTrue(html.replaceAll("\\s+", " ").contains("permission notice shall be included in all copies"));
    }

    @Test
    void itIsItsOwnersAloneAndReplacesNothing() throws IOException {
        page(Captures.WHOLE);
        Path out = folder.resolve("page.html");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
        String before = Files.readString(out);
        CommandRun again = CommandRun.of(Captures.PARTIAL, "report", "-o", out.toString()).exits(3).saysOnly(1);
        assertTrue(again.err().contains("already exists"), again.toString());
        assertEquals(before, Files.readString(out));
    }

    /** Several captures make one page; sockets of different boots stay apart. */
    @Test
    void severalCaptures() throws IOException {
        Path out = folder.resolve("two.html");
        CommandRun.of("report", Captures.WHOLE.toString(), Captures.PARTIAL.toString(), "-o", out.toString()).exits(0);
        String html = Files.readString(out);
        assertTrue(html.contains("whole.reel, partial.reel"));
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>").matcher(html);
        assertTrue(data.find());
        Map<String, @Nullable Object> island = JsonTree.object(data.group(1));
        assertEquals(6, ((Number) java.util.Objects.requireNonNull(island.get("snapshots"))).intValue());
        assertTrue(JsonTree.asObjects(island.get("sockets")).size() > 100);
    }
}
