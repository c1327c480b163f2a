package dev.sockreel.cli.report;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.printing.Caveats;
import dev.sockreel.cli.usage.ShellWords;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.render.Span;
import dev.sockreel.report.CaptureSummary;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the HTML report. */
public final class HtmlReport {
    private static final String UNKNOWN = "unknown";
    private static final int MAX_CAVEATS = 5;
    private static final int MAX_UNSEEN = 100;
    private static final int MAX_NAMES = 5;

    /** @param version version of sockreel */
    static void write(ReportData data, Caveats caveats, String version, Appendable out)
            throws IOException {
        PageViewRenderer.of().execute(view(data, caveats, version), out);
    }

    private static PageView view(ReportData data, Caveats caveats, String version) throws IOException {
        PageData pageData = PageData.of(data);
        Assets.Inlined styles = Assets.styles();
        Assets.Inlined library = Assets.library();
        Assets.Inlined scripts = Assets.scripts();
        Findings findings = data.findings();
        List<String> weakening = caveats.weakening(data.findings().coverage());
        boolean isWeakened = !weakening.isEmpty() || data.snapshots().isEmpty();
        String headline = data.snapshots().isEmpty() ? "No snapshots to check" : headline(findings, isWeakened);
        List<String> unseen = caveats.all(data.findings().coverage());
        return new PageView(
                "default-src 'none'; script-src " + Assets.sources(library, scripts) + "; style-src "
                        + Assets.sources(styles) + "; base-uri 'none'; form-action 'none'",
                version,
                title(headline, data),
                headline,
                summary(data),
                worst(findings, isWeakened),
                facts(data),
                first(weakening, MAX_CAVEATS),
                Math.max(0, weakening.size() - MAX_CAVEATS),
                CauseViews.of(data, pageData),
                tooFew(findings.last()),
                first(unseen, MAX_UNSEEN),
                Math.max(0, unseen.size() - MAX_UNSEEN),
                TimeAxisView.of(data.snapshots()),
                TimelineView.of(data),
                held(data, pageData),
                !isWhole(data, pageData),
                words(data.captures()),
                word(data.captures().getLast()),
                styles.text(),
                library.text(),
                scripts.text(),
                pageData.json(),
                Assets.libraryVersion(),
                Assets.libraryLicence());
    }

    private static List<String> first(List<String> lines, int max) {
        return lines.stream().limit(max).map(PrintableName::inSentence).toList();
    }

    /** Returns the title of the browser tab. */
    private static String title(String headline, ReportData data) {
        String hosts = hosts(data);
        return headline + (hosts.equals(UNKNOWN) ? "" : " on " + hosts) + " - sockreel";
    }

    private static String headline(Findings findings, boolean isWeakened) {
        if (!findings.causes().isEmpty()) {
            return CauseCounts.bySeverity(findings.causes());
        }
        if (findings.last().isTooFew()) {
            return "Too few snapshots to find problems";
        }
        return isWeakened ? "No problems found in what could be seen" : "No problems found";
    }

    /** Returns the numbers of causes, findings and snapshots. */
    static String summary(ReportData data) {
        Findings findings = data.findings();
        return Counted.of(findings.causes().size(), "cause") + " with "
                + Counted.of(findings.findings().size(), "finding") + " in "
                + Counted.of(data.snapshots().size(), "snapshot");
    }

    private static @Nullable String tooFew(LastSnapshot last) {
        return !last.isTooFew() || last.snapshots() == 0 ? null
                : "This says little: a finding needs " + last.needed() + " snapshots in a row, and there "
                        + (last.snapshots() == 1 ? "is 1" : "are " + last.snapshots()) + ". The last one lists "
                        + Counted.of(last.waiting(), "socket") + " with something to receive, "
                        + Counted.of(last.closeWait(), "connection") + " in CLOSE-WAIT and "
                        + Counted.of(last.unaccepted(), "connection") + " that nobody has accepted.";
    }

    /** Returns the class that colours the page. It is never {@code good} if something may have been missed. */
    private static String worst(Findings findings, boolean isWeakened) {
        if (findings.causes().isEmpty()) {
            return isWeakened || findings.last().isTooFew() ? "warning" : "good";
        }
        return findings.causes().getFirst().severity().id();
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
        data.part().forEach(line -> facts.add(new PageView.Fact("Part", PrintableName.inSentence(line))));
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
        return release == null ? UNKNOWN : "Linux " + release + (machine == null ? "" : " " + machine);
    }

    private static String host(CaptureSummary capture) {
        String name = capture.host().get(HostEvidence.HOSTNAME);
        return name == null ? UNKNOWN : name;
    }

    /** Returns the first few distinct names. */
    private static String names(List<String> all) {
        Set<String> different = new LinkedHashSet<>(all);
        String some = different.stream().limit(MAX_NAMES).map(PrintableName::of).collect(Collectors.joining(", "));
        return different.size() <= MAX_NAMES ? some : some + " and " + (different.size() - MAX_NAMES) + " more";
    }

    private static String recorded(List<SnapshotSummary> snapshots) {
        if (snapshots.isEmpty()) {
            return "no snapshots";
        }
        SnapshotSummary first = snapshots.getFirst();
        SnapshotSummary last = snapshots.getLast();
        if (!first.begin().isKnown()) {
            return "at unknown times";
        }
        ReceiveTime end = last.endOrBegin();
        return PageTime.full(first.begin()) + " UTC, "
                + (end.isKnown() ? Span.text(last.nanosSince(first, end)) : "");
    }

    private static String held(ReportData data, PageData pageData) {
        int sockets = pageData.sockets();
        if (isWhole(data, pageData)) {
            return switch (sockets) {
                case 0 -> "The snapshots list no sockets.";
                case 1 -> "The only socket of the snapshots.";
                default -> "All " + sockets + " sockets of the snapshots.";
            };
        }
        return "This page holds " + Counted.of(sockets, "socket")
                + ", so that any browser can open it: those with findings first, then those with data waiting, then"
                + " listeners, then others. A snapshot lists up to " + data.maxSockets() + ".";
    }

    private static boolean isWhole(ReportData data, PageData pageData) {
        return data.everything() && pageData.sockets() == data.sockets().size();
    }

    /** Returns the captures for a command line; their folders are nobody else's business. */
    private static String words(List<CaptureSummary> captures) {
        return captures.size() > MAX_NAMES ? "FILE…"
                : captures.stream().map(HtmlReport::word).collect(Collectors.joining(" "));
    }

    private static String word(CaptureSummary capture) {
        return ShellWords.quoted(String.valueOf(capture.file().getFileName()));
    }

    private HtmlReport() {}
}
