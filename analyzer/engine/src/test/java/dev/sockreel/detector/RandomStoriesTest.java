package dev.sockreel.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Simulates random lives of sockets into snapshots, some of which are missing or cut off. No finding contradicts the
 * truth, and a socket that was always stuck is reported.
 */
class RandomStoriesTest {
    private static final int STORIES = 400;

    @Test
    void findingsNeverContradictTheStory() {
        long seed = System.nanoTime();
        System.out.println("random stories: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < STORIES; i++) {
            runStory(random, counts, "seed " + seed + ", story " + i);
        }
        System.out.println("random stories: " + counts);
        assertTrue(counts.keySet().containsAll(
                Set.of("unread-stuck proved", "eof-unread proved", "never-accepted proved", "send-stalled proved",
                        "unread-slow proved")),
                counts.toString());
    }

    private static void runStory(Random random, Map<String, Integer> counts, String which) {
        int snapshots = 3 + random.nextInt(8);
        List<SocketLife> lives = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            lives.add(new SocketLife(random, i, snapshots));
        }
        Story story = Story.begin();
        List<Boolean> whole = new ArrayList<>();
        for (int at = 0; at < snapshots; at++) {
            List<DiagMsgBuilder<?>> shown = new ArrayList<>();
            for (SocketLife life : lives) {
                life.live(at);
                InetDiagMsgBuilder row = life.shown(at);
                if (row != null) {
                    shown.add(row);
                }
            }
            whole.add(take(story.at(at), shown, random.nextInt(8)));
        }
        List<Finding> findings = story.findings();
        for (Finding f : findings) {
            counts.merge(f.id() + " " + f.certainty().id(), 1, Integer::sum);
            check(f, life(lives, f), which);
        }
        allStuckOnesAreNamed(lives, findings, whole, which);
    }

    /** @return true if the dump is whole */
    private static boolean take(Story story, List<DiagMsgBuilder<?>> shown, int luck) {
        DiagMsgBuilder<?>[] rows = shown.toArray(DiagMsgBuilder[]::new);
        switch (luck) {
            case 0 -> story.tcpMissing();
            case 1 -> story.tcpUnfinished(shown.subList(0, shown.size() / 2).toArray(DiagMsgBuilder[]::new));
            default -> story.tcp(rows);
        }
        return luck > 1;
    }

    private static SocketLife life(List<SocketLife> lives, Finding f) {
        return lives.stream().filter(l -> l.cookie() == f.socket().socket().cookie()).findFirst().orElseThrow();
    }

    private static void check(Finding f, SocketLife life, String which) {
        if (f.id().equals("piling-up")) {
            return; // about several sockets; CausesTest has its stories
        }
        List<SocketLife.Truth> window =
                life.truth().subList(f.evidence().getFirst().snapshot(), f.evidence().getLast().snapshot() + 1);
        String what = which + ": " + f + " but " + window;
        assertTrue(window.stream().allMatch(SocketLife.Truth::exists), what);
        SocketLife.Truth first = window.getFirst();
        SocketLife.Truth last = window.getLast();
        switch (f.id()) {
            case "unread-stuck" -> {
                assertTrue(f.certainty() != Certainty.PROVED || first.read() == last.read(), what);
                assertTrue(window.stream().allMatch(t -> t.unread() > 0 && t.accepted()), what);
            }
            case "unread-slow" -> assertTrue(
                    last.read() > first.read() && 2 * (first.unread() - last.unread()) <= last.read() - first.read(),
                    what);
            case "eof-unread" -> assertTrue(window.stream().allMatch(t -> t.finArrived() && t.accepted()), what);
            case "never-accepted" -> assertTrue(window.stream().noneMatch(SocketLife.Truth::accepted), what);
            case "send-stalled" -> {
                assertEquals(first.acked(), last.acked(), what);
                assertTrue(window.stream().allMatch(t -> t.unacked() > 0), what);
            }
            default -> throw new AssertionError("not in any story: " + what);
        }
    }

    /** Checks that sockets which were stuck throughout are reported, if first and last dump and one more are whole. */
    private static void allStuckOnesAreNamed(
            List<SocketLife> lives, List<Finding> findings, List<Boolean> whole, String which) {
        Set<Long> named = findings.stream()
                .filter(f -> f.id().equals("unread-stuck"))
                .map(f -> f.socket().socket().cookie())
                .collect(Collectors.toSet());
        if (whole.stream().filter(w -> w).count() < 3 || !whole.getFirst() || !whole.getLast()) {
            return;
        }
        for (SocketLife life : lives) {
            List<SocketLife.Truth> t = life.truth();
            boolean stuck = life.isQuiet() && t.stream()
                    .allMatch(x -> x.exists() && x.accepted() && x.unread() > 0 && x.read() == t.getFirst().read());
            assertTrue(!stuck || named.contains(life.cookie()), which + ": " + life.cookie() + " " + t);
        }
    }
}
