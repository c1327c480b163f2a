package dev.sockreel.cli.report;

import dev.sockreel.finding.Finding;
import dev.sockreel.peers.Conversation;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportSocket;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The findings of one cause as the page shows them, the worst first.
 *
 * @param cards   findings shown in full
 * @param lines   findings after them, a line each
 * @param leftOut number of findings after these
 */
record FindingViews(List<FindingCard> cards, List<FindingCard> lines, int leftOut) {
    /** Findings of one cause shown in full at most. */
    static final int MAX_CARDS_PER_CAUSE = 25;
    /** Findings of one cause shown as lines at most, after the cards. */
    static final int MAX_LINES_PER_CAUSE = 100;
    /** Cards of all causes; a browser must lay them out. */
    static final int MAX_CARDS = 300;
    static final int MAX_LINES = 2000;

    /** Views of one cause after the other, within the limits of the page. */
    static final class Builder {
        private final PageData pageData;
        private final Map<SocketIdentity, Conversation> conversations = new HashMap<>();
        private final Set<Long> linked = new HashSet<>();
        private int cards;
        private int lines;

        Builder(ReportData data, PageData pageData) {
            this.pageData = pageData;
            for (ReportSocket socket : data.sockets()) {
                SocketIdentity identity = socket.row().identity();
                if (identity != null && socket.talk() != null) {
                    conversations.put(identity, socket.talk());
                }
            }
        }

        /** @param findings of the next cause */
        FindingViews of(List<Finding> all) {
            List<Finding> findings = all.size() > MAX_CARDS_PER_CAUSE ? eachKindFirst(all) : all;
            List<Finding> full = CauseViews.first(findings, Math.min(MAX_CARDS_PER_CAUSE, MAX_CARDS - cards));
            List<Finding> brief = CauseViews.first(
                    CauseViews.after(findings, full.size()), Math.min(MAX_LINES_PER_CAUSE, MAX_LINES - lines));
            lines += brief.size();
            return new FindingViews(
                    full.stream().map(f -> card(f, "finding-" + cards++)).toList(),
                    brief.stream().map(f -> card(f, "")).toList(),
                    findings.size() - full.size() - brief.size());
        }

        /** Puts the first of each kind before the others, so that a card shows every kind. */
        private static List<Finding> eachKindFirst(List<Finding> findings) {
            Map<String, Finding> first = new LinkedHashMap<>();
            findings.forEach(f -> first.putIfAbsent(f.id(), f));
            List<Finding> ordered = new ArrayList<>(first.values());
            findings.stream().filter(f -> first.get(f.id()) != f).forEach(ordered::add);
            return ordered;
        }

        private FindingCard card(Finding f, String anchor) {
            SocketIdentity identity = f.socket().identity();
            long cookie = f.socket().socket().cookie();
            boolean hasCookie = cookie != Socket.NO_COOKIE;
            return FindingCard.of(
                    f, anchor, hasCookie ? Long.toUnsignedString(cookie) : null, hasCookie && linked.add(cookie),
                    pageData.placeOf(f),
                    identity == null ? null : conversations.get(identity));
        }
    }

    boolean hasFindings() {
        return !cards.isEmpty() || !lines.isEmpty() || leftOut > 0;
    }

    boolean hasLines() {
        return !lines.isEmpty();
    }

    boolean isCut() {
        return leftOut > 0;
    }

    /** Returns the number of lines as text. */
    String more() {
        return Counted.of(lines.size(), cards.isEmpty() ? "finding" : "more finding");
    }
}
