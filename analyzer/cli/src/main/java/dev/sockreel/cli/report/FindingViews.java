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
 * What is wrong, in the order of the findings.
 *
 * @param cards  told in full
 * @param groups a line each: those of a kind beyond its cards, then those of the mildest severity
 * @param whose  the processes with the most and worst findings
 */
record FindingViews(List<FindingCard> cards, List<Group> groups, List<Whose> whose, int processesLeftOut) {
    /** Findings of one kind that are told in full. */
    static final int MOST_CARDS_OF_A_KIND = 25;
    /** Findings of one kind that get a line, after the cards. */
    static final int MOST_LINES_OF_A_KIND = 100;
    private static final int MOST_PROCESSES = 12;

    /**
     * Findings of one kind as lines of a table.
     *
     * @param count    all of them
     * @param isNotice of the mildest severity, so that none of them has a card
     * @param why      of the first
     */
    record Group(
            String id, String severity, String certainty, String sure, int count, boolean isNotice, String why,
            List<FindingCard> lines, int leftOut) {
        boolean isCut() {
            return leftOut > 0;
        }

        /** How many. */
        String sockets() {
            return Counted.of(lines.size(), "socket");
        }
    }

    /** @param counts {@code 1 accept-queue-full, 9 unread-stuck} */
    record Whose(String process, String severity, String counts, String anchor) {}

    private record Kind(String id, Severity severity, String certainty) {}

    static FindingViews of(ReportData data, Island island) {
        Findings findings = data.findings();
        Map<SocketIdentity, Conversation> talks = talks(data);
        Map<Kind, List<Finding>> kinds = new LinkedHashMap<>();
        List<FindingCard> cards = new ArrayList<>();
        for (Finding f : findings.findings()) {
            List<Finding> alike = kinds.computeIfAbsent(
                    new Kind(f.id(), f.severity(), f.certainty().id()), k -> new ArrayList<>());
            alike.add(f);
            if (f.severity() != Severity.INFO && alike.size() <= MOST_CARDS_OF_A_KIND) {
                SocketIdentity identity = f.socket().identity();
                Conversation talk = identity == null ? null : talks.get(identity);
                cards.add(FindingCard.of(f, "finding-" + cards.size(), island.placeOf(f), talk));
            }
        }
        List<Group> more = new ArrayList<>();
        List<Group> notices = new ArrayList<>();
        kinds.forEach((kind, alike) -> {
            int told = kind.severity() == Severity.INFO ? 0 : Math.min(MOST_CARDS_OF_A_KIND, alike.size());
            if (told < alike.size()) {
                (told == 0 ? notices : more).add(group(alike.subList(told, alike.size()), told == 0, island));
            }
        });
        more.addAll(notices);
        List<Whose> whose = whose(findings, cards);
        return new FindingViews(
                cards, more, whose.subList(0, Math.min(MOST_PROCESSES, whose.size())),
                Math.max(0, whose.size() - MOST_PROCESSES));
    }

    private static Map<SocketIdentity, Conversation> talks(ReportData data) {
        Map<SocketIdentity, Conversation> talks = new HashMap<>();
        for (ReportSocket socket : data.sockets()) {
            SocketIdentity identity = socket.row().identity();
            if (identity != null && socket.talk() != null) {
                talks.put(identity, socket.talk());
            }
        }
        return talks;
    }

    private static Group group(List<Finding> alike, boolean notice, Island island) {
        Finding first = alike.getFirst();
        List<FindingCard> lines = alike.stream()
                .limit(MOST_LINES_OF_A_KIND)
                .map(f -> FindingCard.of(f, "", island.placeOf(f), null))
                .toList();
        return new Group(
                first.id(), first.severity().id(), first.certainty().id(), FindingCard.sure(first.certainty()),
                alike.size(), notice, first.why(), lines, alike.size() - lines.size());
    }

    /** In the order of their first, that is their worst finding. */
    private static List<Whose> whose(Findings findings, List<FindingCard> cards) {
        Map<String, List<Finding>> byProcess = new LinkedHashMap<>();
        for (Finding f : findings.findings()) {
            if (f.severity() != Severity.INFO) {
                byProcess.computeIfAbsent(FindingCard.process(f.socket()), p -> new ArrayList<>()).add(f);
            }
        }
        List<Whose> whose = new ArrayList<>();
        byProcess.forEach((process, own) -> whose.add(new Whose(
                process,
                own.getFirst().severity().id(),
                Counts.byId(own),
                cards.stream().filter(c -> c.process().equals(process)).map(FindingCard::anchor).findFirst()
                        .orElse("wrong"))));
        return whose;
    }
}
