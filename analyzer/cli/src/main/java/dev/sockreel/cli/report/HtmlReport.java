package dev.sockreel.cli.report;

import dev.sockreel.address.PrintableName;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Finding;
import dev.sockreel.report.CaptureMark;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.SnapshotMark;
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

/** Writes the page. */
public final class HtmlReport {
    /** Stands in every page's head, as the template has it. */
    private static final String GENERATOR = "<meta name=\"generator\" content=\"sockreel ";
    private static final int HEAD_BYTES = 1000;

    private static final String NOT_KNOWN = "not known";
    private static final int MOST_WEAK = 5;
    private static final int MOST_UNSEEN = 100;
    private static final int MOST_NAMES = 5;

    /** @param version of sockreel */
    public static void write(ReportData data, Weaknesses weaknesses, String version, Appendable out)
            throws IOException {
        PageViewRenderer.of().execute(view(data, weaknesses, version), out);
    }

    /** Whether a file is such a page, so that a new one may take its place. */
    public static boolean isReport(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1).contains(GENERATOR);
        }
    }

    private static PageView view(ReportData data, Weaknesses weaknesses, String version) throws IOException {
        Island island = Island.of(data);
        Assets.Inlined styles = Assets.styles();
        Assets.Inlined library = Assets.library();
        Assets.Inlined scripts = Assets.scripts();
        List<Finding> findings = data.findings().findings();
        List<String> weak = weaknesses.weakening(data.findings().coverage());
        String headline = headline(findings, !weak.isEmpty());
        List<String> unseen = weaknesses.all(data.findings().coverage());
        return new PageView(
                "default-src 'none'; script-src " + Assets.sources(library, scripts) + "; style-src "
                        + Assets.sources(styles) + "; base-uri 'none'; form-action 'none'",
                version,
                title(headline, data),
                headline,
                worst(findings, !weak.isEmpty()),
                facts(data),
                first(weak, MOST_WEAK),
                Math.max(0, weak.size() - MOST_WEAK),
                FindingViews.of(data, island),
                first(unseen, MOST_UNSEEN),
                Math.max(0, unseen.size() - MOST_UNSEEN),
                TimelineView.of(data),
                held(data, island),
                styles.text(),
                library.text(),
                scripts.text(),
                island.json(),
                Assets.libraryVersion(),
                Assets.libraryLicence());
    }

    private static List<String> first(List<String> lines, int most) {
        return lines.stream().limit(most).map(PrintableName::of).toList();
    }

    /** Of the browser's tab. */
    private static String title(String headline, ReportData data) {
        String hosts = hosts(data);
        return headline + (hosts.equals(NOT_KNOWN) ? "" : " on " + hosts) + " - sockreel";
    }

    private static String headline(List<Finding> findings, boolean weak) {
        if (findings.isEmpty()) {
            return weak ? "Nothing wrong was found in what could be seen" : "Nothing wrong was found";
        }
        return Counts.of(Counts.bySeverity(findings));
    }

    /** By which the page is coloured: an answer that lacks something is never green. */
    private static String worst(List<Finding> findings, boolean weak) {
        if (findings.isEmpty()) {
            return weak ? "warning" : "good";
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

    private static String kernel(CaptureMark capture) {
        String release = capture.host().get(HostEvidence.KERNEL_RELEASE);
        String machine = capture.host().get(HostEvidence.MACHINE);
        return release == null ? NOT_KNOWN : "Linux " + release + (machine == null ? "" : " " + machine);
    }

    private static String host(CaptureMark capture) {
        String name = capture.host().get(HostEvidence.HOSTNAME);
        return name == null ? NOT_KNOWN : name;
    }

    /** The first few different ones. */
    private static String names(List<String> all) {
        Set<String> different = new LinkedHashSet<>(all);
        String some = different.stream().limit(MOST_NAMES).map(PrintableName::of).collect(Collectors.joining(", "));
        return different.size() <= MOST_NAMES ? some : some + " and " + (different.size() - MOST_NAMES) + " more";
    }

    private static String recorded(List<SnapshotMark> snapshots) {
        if (snapshots.isEmpty()) {
            return "no snapshot";
        }
        ReceiveTime from = snapshots.getFirst().begin();
        SnapshotMark last = snapshots.getLast();
        ReceiveTime to = last.end() == null ? last.begin() : last.end();
        if (!from.isKnown()) {
            return "at times the source does not tell";
        }
        return PageTime.full(from) + " UTC, " + PageTime.span(from, to);
    }

    private static String held(ReportData data, Island island) {
        int sockets = island.sockets();
        if (data.everything() && sockets == data.sockets().size()) {
            return "All " + sockets + " sockets that the snapshots list.";
        }
        return "This page holds " + sockets
                + " sockets, so that it opens in any browser: all with findings that there is"
                + " room for, then those that hold data, then listeners, then others. One snapshot lists up to "
                + data.mostSockets() + "; `sockreel show` shows every one.";
    }

    private HtmlReport() {}
}
