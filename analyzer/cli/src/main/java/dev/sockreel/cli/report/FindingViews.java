package dev.sockreel.cli.report;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.peers.Conversation;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportSocket;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings as the page shows them, in the order of the findings.
 *
 * @param cards     findings shown in full
 * @param groups    findings shown as a line each: those of a kind beyond its cards, then those of severity info
 * @param processes the processes with the worst findings, the worst first
 */
record FindingViews(List<FindingCard> cards, List<Group> groups, List<ProcessFindings> processes,
        int processesLeftOut) {
    /** Findings of one kind shown in full at most. */
    static final int MAX_CARDS_PER_KIND = 25;
    /** Findings of one kind shown as lines at most, after the cards. */
    static final int MAX_LINES_PER_KIND = 100;
    private static final int MAX_PROCESSES = 12;

    /**
     * Findings of one kind as lines of a table.
     *
     * @param count    number of findings, including those left out
     * @param isNotice true for severity info, of which none has a card
     * @param why      sentence of the first finding
     */
    record Group(
            String id, String severity, String certainty, String certaintyMeaning, int count, boolean isNotice,
            String why,
            List<FindingCard> lines, int leftOut) {
        boolean isCut() {
            return leftOut > 0;
        }

        /** Returns the number of lines as text. */
        String sockets() {
            return Counted.of(lines.size(), "socket");
        }
    }

    /**
     * The findings of one process.
     *
     * @param severity the worst severity
     * @param counts   {@code 1 accept-queue-full, 9 unread-stuck}
     * @param anchor   id of its first card
     */
    record ProcessFindings(String process, String severity, String counts, String anchor) {}

    private record Kind(String id, Severity severity, String certainty) {}

    static FindingViews of(ReportData data, PageData pageData) {
        Findings findings = data.findings();
        Map<SocketIdentity, Conversation> conversations = conversations(data);
        Map<Kind, List<Finding>> kinds = new LinkedHashMap<>();
        List<FindingCard> cards = new ArrayList<>();
        for (Finding f : findings.findings()) {
            List<Finding> alike = kinds.computeIfAbsent(
                    new Kind(f.id(), f.severity(), f.certainty().id()), k -> new ArrayList<>());
            alike.add(f);
            if (f.severity() != Severity.INFO && alike.size() <= MAX_CARDS_PER_KIND) {
                SocketIdentity identity = f.socket().identity();
                Conversation conversation = identity == null ? null : conversations.get(identity);
                cards.add(FindingCard.of(f, "finding-" + cards.size(), pageData.placeOf(f), conversation));
            }
        }
        List<Group> more = new ArrayList<>();
        List<Group> notices = new ArrayList<>();
        kinds.forEach((kind, alike) -> {
            int cardCount = kind.severity() == Severity.INFO ? 0 : Math.min(MAX_CARDS_PER_KIND, alike.size());
            if (cardCount < alike.size()) {
                (cardCount == 0 ? notices : more)
                        .add(group(alike.subList(cardCount, alike.size()), cardCount == 0, pageData));
            }
        });
        more.addAll(notices);
        List<ProcessFindings> processes = byProcess(findings, cards);
        return new FindingViews(
                cards, more, processes.subList(0, Math.min(MAX_PROCESSES, processes.size())),
                Math.max(0, processes.size() - MAX_PROCESSES));
    }

    private static Map<SocketIdentity, Conversation> conversations(ReportData data) {
        Map<SocketIdentity, Conversation> conversations = new HashMap<>();
        for (ReportSocket socket : data.sockets()) {
            SocketIdentity identity = socket.row().identity();
            if (identity != null && socket.talk() != null) {
                conversations.put(identity, socket.talk());
            }
        }
        return conversations;
    }

    private static Group group(List<Finding> alike, boolean notice, PageData pageData) {
        Finding first = alike.getFirst();
        List<FindingCard> lines = alike.stream()
                .limit(MAX_LINES_PER_KIND)
                .map(f -> FindingCard.of(f, "", pageData.placeOf(f), null))
                .toList();
        return new Group(
                first.id(), first.severity().id(), first.certainty().id(), FindingCard.meaning(first.certainty()),
                alike.size(), notice, first.why(), lines, alike.size() - lines.size());
    }

    /** Returns the processes in the order of their first finding, which is their worst. */
    private static List<ProcessFindings> byProcess(Findings findings, List<FindingCard> cards) {
        Map<String, List<Finding>> grouped = new LinkedHashMap<>();
        for (Finding f : findings.findings()) {
            if (f.severity() != Severity.INFO) {
                grouped.computeIfAbsent(FindingCard.process(f.socket()), p -> new ArrayList<>()).add(f);
            }
        }
        List<ProcessFindings> processes = new ArrayList<>();
        grouped.forEach((process, own) -> processes.add(new ProcessFindings(
                process,
                own.getFirst().severity().id(),
                FindingCounts.byId(own),
                cards.stream().filter(c -> c.process().equals(process)).map(FindingCard::anchor).findFirst()
                        .orElse("wrong"))));
        return processes;
    }
}
