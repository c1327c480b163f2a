package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own, which opens pages from disk and reports what it did. */
final class Browser implements AutoCloseable {
    private static final List<Path> DRIVERS =
            List.of(Path.of("/usr/bin/chromedriver"), Path.of("/usr/lib/chromium/chromedriver"));
    private static final List<Path> BROWSERS = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
    private static final int MAX_REMOVALS = 50;
    private static final int REMOVAL_PAUSE_MS = 100;

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts a browser; skips the test where there is none. */
    static Browser start() {
        Optional<Path> chromium = first(BROWSERS);
        Optional<Path> chromedriver = first(DRIVERS);
        assumeTrue(chromium.isPresent() && chromedriver.isPresent(),
                "Debian's packages chromium and chromium-driver are not installed");
        try {
            Path profile = Files.createTempDirectory("sockreel-browser-");
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                    .withSilent(true)
                    .build();
            ChromeDriver driver = new ChromeDriver(service, options(chromium.orElseThrow(), profile));
            driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
            return new Browser(driver, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> first(List<Path> paths) {
        return paths.stream().filter(Files::isExecutable).findFirst();
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile, "--window-size=1280,900", "--force-color-profile=srgb");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    Browser open(Path page) {
        driver.get(page.toUri().toString());
        return this;
    }

    /** Opens a page at a fragment. */
    Browser open(Path page, String fragment) {
        driver.get("about:blank"); // else the browser would only scroll
        driver.get(page.toUri() + fragment);
        return this;
    }

    /** Moves the pointer over the first of these elements, to a part of its width. */
    Browser hover(String css, double part) {
        WebElement element = all(css).getFirst();
        int offset = (int) Math.round((part - 0.5) * element.getSize().getWidth());
        new Actions(driver).moveToElement(element, offset, 0).perform();
        return this;
    }

    Browser size(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Browser dark(boolean dark) {
        return emulate("screen", dark);
    }

    /** Switches to print media with a dark color scheme, or back. */
    Browser paper(boolean paper) {
        return emulate(paper ? "print" : "screen", true);
    }

    private Browser emulate(String medium, boolean dark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", medium, "features", List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    Browser scripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
        return this;
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement one(String css) {
        List<WebElement> found = all(css);
        assertEquals(1, found.size(), css);
        return found.getFirst();
    }

    /** Returns an element's text as in the page, visible or not. */
    String text(String css) {
        return String.valueOf(one(css).getDomProperty("textContent"));
    }

    List<String> texts(String css) {
        return all(css).stream().map(e -> String.valueOf(e.getDomProperty("textContent")).strip()).toList();
    }

    Browser press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    Browser tab() {
        return press(Keys.TAB);
    }

    /** Returns the text of the focused element. */
    String focused() {
        return String.valueOf(run("return document.activeElement.textContent.trim()"));
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    boolean waitFor(String condition) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < end) {
            if (Boolean.TRUE.equals(run("return Boolean(" + condition + ")"))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the page's console output, with errors and violated policies. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /** Returns the URLs requested since the last call. */
    List<String> requests() {
        List<String> urls = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            Map<String, @Nullable Object> message = JsonTree.asObject(
                    JsonTree.asObject(JsonTree.parse(entry.getMessage())).get("message"));
            if ("Network.requestWillBeSent".equals(message.get("method"))) {
                Map<String, @Nullable Object> request =
                        JsonTree.asObject(JsonTree.asObject(message.get("params")).get("request"));
                urls.add(String.valueOf(request.get("url")));
            }
        }
        return urls;
    }

    /** Returns the rules of WCAG 2 A and AA that the page violates, found by axe-core. */
    List<String> accessibilityFaults() {
        driver.executeScript(resource("/axe.min.js"));
        Object faults = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
                    .then(r => done(
                        r.violations.flatMap(v =>
                            v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary))));
                """);
        return ((List<?>) Objects.requireNonNull(faults)).stream().map(String::valueOf).toList();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a screenshot for people, if {@code -Dscreenshots=FOLDER} names a folder. */
    Browser picture(String name) {
        String folder = System.getProperty("screenshots");
        if (folder != null) {
            try {
                String png = (String) driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data");
                Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"),
                        Base64.getDecoder().decode(png));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    @Override
    public void close() {
        driver.quit();
        // its processes may write to the profile for a moment after that
        for (int i = 0; i < MAX_REMOVALS && Files.exists(profile); i++) {
            remove(profile);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            Thread.sleep(REMOVAL_PAUSE_MS);
        } catch (IOException | UncheckedIOException e) {
            return; // the browser deleted a file meanwhile: once more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
