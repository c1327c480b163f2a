package dev.sockreel.cli.report;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the page shows it.
 *
 * @param anchor           id of its element
 * @param cookie           the socket's, as digits; null for a socket without one
 * @param isTarget         true if the fragment {@code socket=COOKIE} leads here, to the first entry of its socket
 * @param certainty        id of the certainty
 * @param certaintyMeaning what the certainty means
 * @param process          the owning process in short, the same for all findings of one process
 * @param isOwned          true if a process is known to hold the socket
 * @param owners           all owners
 * @param otherEnd         the socket at the other end and its owners; null if there is none or it was not looked for
 * @param place            index of the socket in the page's data, null if it is not in the page
 * @param atLeastSince     a proved lower bound from before the window; null for none
 * @param until            when it was last seen
 * @param lasted           duration and number of snapshots
 * @param chart            numbers of the evidence to draw, as JSON; null where the socket's queue is drawn, or nothing
 * @param columns          names of the evidence columns
 */
record FindingCard(
        String anchor,
        @Nullable String cookie,
        boolean isTarget,
        String id,
        String severity,
        String certainty,
        String certaintyMeaning,
        String process,
        boolean isOwned,
        String owners,
        String netid,
        String state,
        String ends,
        String recvQ,
        String sendQ,
        String why,
        String next,
        @Nullable String otherEnd,
        @Nullable String atLeastSince,
        String since,
        String until,
        String lasted,
        @Nullable String trend,
        @Nullable Integer place,
        @Nullable String chart,
        List<String> columns,
        List<EvidenceRow> evidence,
        int evidenceLeftOut) {
    /** Evidence rows shown at most: half of them from the start, half from the end. */
    private static final int MAX_EVIDENCE_ROWS = 12;

    /** @param leftOutBefore number of rows left out before this one */
    record EvidenceRow(int snapshot, String time, List<String> cells, int leftOutBefore) {
        boolean isAfterGap() {
            return leftOutBefore > 0;
        }
    }

    static FindingCard of(
            Finding f, String anchor, @Nullable String cookie, boolean isTarget, @Nullable Integer place,
            @Nullable Conversation conversation) {
        SocketRow row = f.socket();
        List<Evidence> shown = ends(f.evidence());
        List<String> columns = columns(shown);
        int leftOut = f.evidence().size() - shown.size();
        return new FindingCard(
                anchor,
                cookie,
                isTarget,
                f.id(),
                f.severity().id(),
                f.certainty().id(),
                meaning(f.certainty()),
                process(row),
                row.owners() != null && !row.owners().isEmpty(),
                SocketInWords.owners(row),
                row.socket().netid(),
                row.socket().state(),
                SocketInWords.ends(row),
                number(row.socket().recvQ()),
                number(row.socket().sendQ()),
                f.why(),
                f.next(),
                conversation == null ? null : otherEnd(conversation.otherEnd()),
                f.atLeastSince().isKnown() ? PageTime.full(f.atLeastSince()) : null,
                PageTime.full(f.since()),
                PageTime.full(f.until()),
                lasted(f),
                f.trend(),
                place,
                EvidenceChart.json(f, place != null),
                columns,
                rows(shown, columns, leftOut),
                leftOut);
    }

    private static String number(Queue queue) {
        return queue.kernelNumber() < 0 ? "?" : Long.toString(queue.kernelNumber());
    }

    static String meaning(Certainty certainty) {
        return switch (certainty) {
            case PROVED -> "the kernel's counters allow no other explanation";
            case LIKELY -> "the numbers point to it, but another cause is possible";
            case CANNOT_TELL -> "the kernel has no number that would show it";
        };
    }

    /** Returns the first owning process and how many others there are. */
    static String process(SocketRow row) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return "owner not recorded";
        }
        if (owners.isEmpty()) {
            return "no owner";
        }
        Owner first = owners.getFirst();
        int others = (int) owners.stream().mapToInt(Owner::pid).distinct().count() - 1;
        return first.comm() + " (pid " + first.pid() + ")" + (others == 0 ? "" : " and " + others + " more");
    }

    private static @Nullable String otherEnd(OtherEnd end) {
        SocketRow row = end.row();
        if (row == null) {
            return end.kind() == OtherEnd.Kind.NONE ? null : end.why();
        }
        return SocketInWords.owners(row) + ": " + PageConversationJson.inWords(row)
                + (end.why().isEmpty() ? "" : " (" + end.why() + ")");
    }

    private static String lasted(Finding f) {
        String span = PageTime.span(f.since(), f.until());
        String snapshots = Counted.of(f.snapshots(), "snapshot");
        return span.isEmpty() || f.snapshots() == 1 ? snapshots : span + ", " + snapshots;
    }

    private static List<Evidence> ends(List<Evidence> all) {
        if (all.size() <= MAX_EVIDENCE_ROWS) {
            return all;
        }
        List<Evidence> ends = new ArrayList<>(all.subList(0, MAX_EVIDENCE_ROWS / 2));
        ends.addAll(all.subList(all.size() - MAX_EVIDENCE_ROWS / 2, all.size()));
        return ends;
    }

    private static List<String> columns(List<Evidence> evidence) {
        Set<String> names = new LinkedHashSet<>();
        evidence.forEach(e -> names.addAll(e.fields().keySet()));
        return List.copyOf(names);
    }

    private static List<EvidenceRow> rows(List<Evidence> evidence, List<String> columns, int leftOut) {
        List<EvidenceRow> rows = new ArrayList<>();
        for (Evidence e : evidence) {
            List<String> cells = columns.stream().map(c -> cell(e.fields().get(c))).toList();
            boolean afterGap = leftOut > 0 && rows.size() == MAX_EVIDENCE_ROWS / 2;
            rows.add(new EvidenceRow(e.snapshot(), PageTime.clock(e.time()), cells, afterGap ? leftOut : 0));
        }
        return rows;
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    boolean hasPlace() {
        return place != null;
    }

    boolean hasEvidence() {
        return !evidence.isEmpty();
    }

    /** Returns the number of table columns: the evidence columns and the two before them. */
    int width() {
        return columns.size() + 2;
    }
}
