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
 * A finding as the page tells it.
 *
 * @param anchor    id of its element
 * @param certainty as users and scripts know it
 * @param sure      what that word means
 * @param process   whose it is, in few words, equal for all findings of one process
 * @param isOwned   a process is known to hold it
 * @param owners    all that is known of that
 * @param otherEnd  who is there and whose it is; null where there is none or it was not looked for
 * @param place     index of its socket in the page's data, null when it is not there
 * @param lasted    for how long and in how many snapshots
 * @param columns   of the evidence
 */
record FindingCard(
        String anchor,
        String id,
        String severity,
        String certainty,
        String sure,
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
        String since,
        String lasted,
        @Nullable String trend,
        @Nullable Integer place,
        List<String> columns,
        List<EvidenceRow> evidence,
        int evidenceLeftOut) {
    /** Evidence rows that are shown: the first half and the last. */
    private static final int MOST_EVIDENCE = 12;

    /** @param leftOutBefore rows between this and the one before that are not shown */
    record EvidenceRow(int snapshot, String time, List<String> cells, int leftOutBefore) {
        boolean isAfterGap() {
            return leftOutBefore > 0;
        }
    }

    static FindingCard of(Finding f, String anchor, @Nullable Integer place, @Nullable Conversation talk) {
        SocketRow row = f.socket();
        List<Evidence> shown = ends(f.evidence());
        List<String> columns = columns(shown);
        int leftOut = f.evidence().size() - shown.size();
        return new FindingCard(
                anchor,
                f.id(),
                f.severity().id(),
                f.certainty().id(),
                sure(f.certainty()),
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
                talk == null ? null : otherEnd(talk.otherEnd()),
                PageTime.full(f.since()),
                lasted(f),
                f.trend(),
                place,
                columns,
                rows(shown, columns, leftOut),
                leftOut);
    }

    private static String number(Queue queue) {
        return queue.kernelNumber() < 0 ? "?" : Long.toString(queue.kernelNumber());
    }

    static String sure(Certainty certainty) {
        return switch (certainty) {
            case PROVED -> "the kernel's counters leave no other reading";
            case LIKELY -> "the numbers point to it, another cause remains possible";
            case CANNOT_TELL -> "the kernel has no number that would tell";
        };
    }

    /** Whose it is: the first process, and how many others. */
    static String process(SocketRow row) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return "owner not recorded";
        }
        if (owners.isEmpty()) {
            return "held by nobody";
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
        return SocketInWords.owners(row) + ": " + TalkWriting.inWords(row)
                + (end.why().isEmpty() ? "" : " (" + end.why() + ")");
    }

    private static String lasted(Finding f) {
        String span = PageTime.span(f.since(), f.until());
        String snapshots = Counted.of(f.snapshots(), "snapshot");
        return span.isEmpty() || f.snapshots() == 1 ? snapshots : span + ", " + snapshots;
    }

    private static List<Evidence> ends(List<Evidence> all) {
        if (all.size() <= MOST_EVIDENCE) {
            return all;
        }
        List<Evidence> ends = new ArrayList<>(all.subList(0, MOST_EVIDENCE / 2));
        ends.addAll(all.subList(all.size() - MOST_EVIDENCE / 2, all.size()));
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
            boolean afterGap = leftOut > 0 && rows.size() == MOST_EVIDENCE / 2;
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

    /** The columns and the two before them. */
    int width() {
        return columns.size() + 2;
    }
}
