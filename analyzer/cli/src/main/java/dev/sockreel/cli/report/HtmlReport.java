package dev.sockreel.cli.report;

import dev.sockreel.address.PrintableName;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Finding;
import dev.sockreel.report.CaptureSummary;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.SnapshotSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the HTML report. */
public final class HtmlReport {
    /** Identifies a sockreel report; the template writes it into the head. */
    private static final String GENERATOR = "<meta name=\"generator\" content=\"sockreel ";
    private static final int HEAD_BYTES = 1000;

    private static final String NOT_KNOWN = "not known";
    private static final int MAX_CAVEATS = 5;
    private static final int MAX_UNSEEN = 100;
    private static final int MAX_NAMES = 5;

    /** @param version version of sockreel */
    static void write(ReportData data, Caveats caveats, String version, Appendable out)
            throws IOException {
        PageViewRenderer.of().execute(view(data, caveats, version), out);
    }

    /** Returns whether a file is a sockreel report, which a new one may replace. */
    public static boolean isReport(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1).contains(GENERATOR);
        }
    }

    private static PageView view(ReportData data, Caveats caveats, String version) throws IOException {
        PageData pageData = PageData.of(data);
        Assets.Inlined styles = Assets.styles();
        Assets.Inlined library = Assets.library();
        Assets.Inlined scripts = Assets.scripts();
        List<Finding> findings = data.findings().findings();
        List<String> weakening = caveats.weakening(data.findings().coverage());
        String headline = headline(findings, !weakening.isEmpty());
        List<String> unseen = caveats.all(data.findings().coverage());
        return new PageView(
                "default-src 'none'; script-src " + Assets.sources(library, scripts) + "; style-src "
                        + Assets.sources(styles) + "; base-uri 'none'; form-action 'none'",
                version,
                title(headline, data),
                headline,
                worst(findings, !weakening.isEmpty()),
                facts(data),
                first(weakening, MAX_CAVEATS),
                Math.max(0, weakening.size() - MAX_CAVEATS),
                FindingViews.of(data, pageData),
                first(unseen, MAX_UNSEEN),
                Math.max(0, unseen.size() - MAX_UNSEEN),
                TimelineView.of(data),
                held(data, pageData),
                styles.text(),
                library.text(),
                scripts.text(),
                pageData.json(),
                Assets.libraryVersion(),
                Assets.libraryLicence());
    }

    private static List<String> first(List<String> lines, int max) {
        return lines.stream().limit(max).map(PrintableName::of).toList();
    }

    /** Returns the title of the browser tab. */
    private static String title(String headline, ReportData data) {
        String hosts = hosts(data);
        return headline + (hosts.equals(NOT_KNOWN) ? "" : " on " + hosts) + " - sockreel";
    }

    private static String headline(List<Finding> findings, boolean isWeakened) {
        if (findings.isEmpty()) {
            return isWeakened ? "Nothing wrong was found in what could be seen" : "Nothing wrong was found";
        }
        return FindingCounts.of(FindingCounts.bySeverity(findings));
    }

    /** Returns the class that colours the page. It is never {@code good} if something may have been missed. */
    private static String worst(List<Finding> findings, boolean isWeakened) {
        if (findings.isEmpty()) {
            return isWeakened ? "warning" : "good";
        }
        return findings.getFirst().severity().id();
    }

    private static List<PageView.Fact> facts(ReportData data) {
        List<PageView.Fact> facts = new ArrayList<>();
        facts.add(new PageView.Fact("Host", hosts(data)));
        facts.add(new PageView.Fact("Kernel", kernels(data)));
        facts.add(new PageView.Fact("Recorded", recorded(data.snapshots())));
        facts.add(new PageView.Fact("Snapshots", Integer.toString(data.snapshots().size())));
        facts.add(new PageView.Fact(
                data.captures().size() == 1 ? "Capture" : "Captures",
                names(data.captures().stream().map(c -> String.valueOf(c.file().getFileName())).toList())));
        return facts;
    }

    private static String hosts(ReportData data) {
        return names(data.captures().stream().map(HtmlReport::host).toList());
    }

    private static String kernels(ReportData data) {
        return names(data.captures().stream().map(HtmlReport::kernel).toList());
    }

    private static String kernel(CaptureSummary capture) {
        String release = capture.host().get(HostEvidence.KERNEL_RELEASE);
        String machine = capture.host().get(HostEvidence.MACHINE);
        return release == null ? NOT_KNOWN : "Linux " + release + (machine == null ? "" : " " + machine);
    }

    private static String host(CaptureSummary capture) {
        String name = capture.host().get(HostEvidence.HOSTNAME);
        return name == null ? NOT_KNOWN : name;
    }

    /** Returns the first few distinct names. */
    private static String names(List<String> all) {
        Set<String> different = new LinkedHashSet<>(all);
        String some = different.stream().limit(MAX_NAMES).map(PrintableName::of).collect(Collectors.joining(", "));
        return different.size() <= MAX_NAMES ? some : some + " and " + (different.size() - MAX_NAMES) + " more";
    }

    private static String recorded(List<SnapshotSummary> snapshots) {
        if (snapshots.isEmpty()) {
            return "no snapshot";
        }
        ReceiveTime from = snapshots.getFirst().begin();
        SnapshotSummary last = snapshots.getLast();
        ReceiveTime to = last.end() == null ? last.begin() : last.end();
        if (!from.isKnown()) {
            return "at times the source does not tell";
        }
        return PageTime.full(from) + " UTC, " + PageTime.span(from, to);
    }

    private static String held(ReportData data, PageData pageData) {
        int sockets = pageData.sockets();
        if (data.everything() && sockets == data.sockets().size()) {
            return "All " + sockets + " sockets that the snapshots list.";
        }
        return "This page holds " + sockets
                + " sockets, so that it opens in any browser: all with findings that there is"
                + " room for, then those that hold data, then listeners, then others. One snapshot lists up to "
                + data.maxSockets() + "; `sockreel show` shows every one.";
    }

    private HtmlReport() {}
}
