package dev.sockreel.cli.report;

import io.jstach.jstache.JStache;
import java.util.List;

/**
 * The values that the page's template fills in.
 *
 * @param policy  Content-Security-Policy
 * @param worst   the worst severity, or {@code good}
 * @param caveats sentences about what may hide findings, the worst first
 * @param unseen  sentences about everything that could not be seen
 * @param held    sentence about which sockets the page holds
 * @param data    {@link PageData} as JSON
 */
@JStache(path = "dev/sockreel/cli/report/page.mustache")
record PageView(
        String policy,
        String version,
        String title,
        String headline,
        String worst,
        List<Fact> facts,
        List<String> caveats,
        int caveatsLeftOut,
        FindingViews findings,
        List<String> unseen,
        int unseenLeftOut,
        TimelineView timeline,
        String held,
        String styles,
        String library,
        String scripts,
        String data,
        String libraryVersion,
        String libraryLicence) {
    record Fact(String name, String value) {}

    boolean hasCaveats() {
        return !caveats.isEmpty();
    }

    boolean hasUnseen() {
        return !unseen.isEmpty();
    }

    boolean hasFindings() {
        return !findings.cards().isEmpty() || !findings.groups().isEmpty();
    }

    boolean hasProcesses() {
        return !findings.processes().isEmpty();
    }

    boolean hasMoreProcesses() {
        return findings.processesLeftOut() > 0;
    }

    boolean hasMoreCaveats() {
        return caveatsLeftOut > 0;
    }

    boolean hasMoreUnseen() {
        return unseenLeftOut > 0;
    }
}
