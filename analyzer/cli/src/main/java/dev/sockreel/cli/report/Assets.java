package dev.sockreel.cli.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The styles and scripts that are inlined into the page. */
final class Assets {
    private static final String UPLOT_COORDINATES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final String UPLOT_FOLDER = "/META-INF/resources/webjars/uplot/";
    private static final List<String> STYLES = List.of("base.css", "findings.css", "sockets.css", "print.css");
    /** The page's scripts, each after those that it uses. */
    private static final List<String> SCRIPTS =
            List.of("page.js", "reading.js", "charts.js", "findings.js", "rows.js", "table.js", "panel.js", "links.js",
                    "start.js");

    /**
     * The content of one style or script element.
     *
     * @param text   the content
     * @param source its source expression for the Content-Security-Policy
     */
    record Inlined(String text, String source) {
        private static Inlined of(String text) {
            return new Inlined(text, "'sha256-" + Base64.getEncoder().encodeToString(sha256(text)) + "'");
        }
    }

    static Inlined styles() throws IOException {
        return Inlined.of(uplot("dist/uPlot.min.css") + own(STYLES));
    }

    /** Returns the script of the chart library. */
    static Inlined library() throws IOException {
        return Inlined.of(uplot("dist/uPlot.iife.min.js"));
    }

    /** Returns the page's own scripts in one function scope, so that they define no globals. */
    static Inlined scripts() throws IOException {
        return Inlined.of("(() => {\n\"use strict\";\n" + own(SCRIPTS) + "})();\n");
    }

    /** Returns the licence of the chart library, which must accompany every copy. */
    static String libraryLicence() throws IOException {
        return uplot("LICENSE");
    }

    static String libraryVersion() throws IOException {
        Properties coordinates = new Properties();
        coordinates.load(new StringReader(text(UPLOT_COORDINATES)));
        return coordinates.getProperty("version");
    }

    private static String uplot(String name) throws IOException {
        return text(UPLOT_FOLDER + libraryVersion() + "/" + name);
    }

    private static String own(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(text("/dev/sockreel/cli/report/" + name));
        }
        return all.toString();
    }

    private static String text(String resource) throws IOException {
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("part of the report is missing from this build: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the source expressions of several elements. */
    static String sources(Inlined... elements) {
        return List.of(elements).stream().map(Inlined::source).collect(Collectors.joining(" "));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }

    private Assets() {}
}
