package dev.sockreel.cli.report;

import io.jstach.jstache.JStache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that the page's template fills in.
 *
 * @param policy  Content-Security-Policy
 * @param worst   the worst severity, or {@code good}
 * @param summary numbers of causes, findings and snapshots
 * @param caveats sentences about what may hide findings, the worst first
 * @param unseen  sentences about everything that could not be seen
 * @param tooFew  sentence about a recording too short to find anything; null for a longer one
 * @param axis    the snapshots over time; null if their times are not known
 * @param held    sentence about which sockets the page holds
 * @param isHeldInPart whether the capture has sockets that the page has not
 * @param files    the captures as words of a command line
 * @param lastFile the last of them
 * @param data    {@link PageData} as JSON
 */
@JStache(path = "dev/sockreel/cli/report/page.mustache")
record PageView(
        String policy,
        String version,
        String title,
        String headline,
        String summary,
        String worst,
        List<Fact> facts,
        List<String> caveats,
        int caveatsLeftOut,
        CauseViews causes,
        @Nullable String tooFew,
        List<String> unseen,
        int unseenLeftOut,
        @Nullable TimeAxisView axis,
        TimelineView timeline,
        String held,
        boolean isHeldInPart,
        String files,
        String lastFile,
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

    boolean hasCauses() {
        return !causes.cards().isEmpty();
    }

    boolean hasMoreCaveats() {
        return caveatsLeftOut > 0;
    }

    boolean hasMoreUnseen() {
        return unseenLeftOut > 0;
    }
}
