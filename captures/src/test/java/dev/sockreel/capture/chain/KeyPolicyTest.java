package dev.sockreel.capture.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.chain.KeyPolicy.Form;
import dev.sockreel.capture.record.ReceiveTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPolicyTest {
    private static final long SECOND_NS = 1_000_000_000;

    private final KeyPolicy policy = new KeyPolicy();

    private List<Form> next(int snapshots, long fromNs, long stepNs) {
        List<Form> forms = new ArrayList<>();
        for (int i = 0; i < snapshots; i++) {
            long ns = fromNs + i * stepNs;
            forms.add(policy.next(new ReceiveTime(ns, ns)));
        }
        return forms;
    }

    private static List<Integer> places(List<Form> forms, Form form) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) == form) {
                places.add(i);
            }
        }
        return places;
    }

    @Test
    void aMiddleKeyIsForeseen() {
        for (long stepNs : new long[] {SECOND_NS / 10, 4 * SECOND_NS, 9 * SECOND_NS, 10 * SECOND_NS}) {
            KeyPolicy foreseeing = new KeyPolicy();
            boolean isForeseen = false;
            for (int i = 0; i < 1300; i++) {
                Form form = foreseeing.next(new ReceiveTime(i * stepNs, i * stepNs));
                assertEquals(isForeseen, form == Form.MIDDLE_KEY, "snapshot " + i + " every " + stepNs);
                isForeseen = foreseeing.isMiddleKeyNext();
            }
        }
    }

    @Test
    void aKeyStandsAfter600Snapshots() {
        List<Form> forms = next(1300, 0, SECOND_NS / 10);
        assertEquals(List.of(0, 600, 1200), places(forms, Form.KEY));
        assertEquals(List.of(60, 120, 180, 240, 300, 360, 420, 480, 540, 660),
                places(forms, Form.MIDDLE_KEY).subList(0, 10));
        assertEquals(List.of(), places(forms, Form.VERBATIM));
    }

    @Test
    void aKeyStandsAfterTenMinutes() {
        List<Form> forms = next(200, 0, 10 * SECOND_NS);
        assertEquals(List.of(0, 60, 120, 180), places(forms, Form.KEY));
        assertEquals(List.of(), places(forms, Form.MIDDLE_KEY));
    }

    @Test
    void rareSnapshotsAreAllKeys() {
        assertEquals(List.of(0, 1, 2), places(next(3, 0, 3600 * SECOND_NS), Form.KEY));
    }

    @Test
    void sixteenSnapshotsAreStoredAsTheyAreAfterOneThatDidNotPay() {
        next(3, 0, SECOND_NS);
        policy.didNotPay();
        List<Form> forms = next(18, 3 * SECOND_NS, SECOND_NS);
        assertEquals(16, places(forms, Form.VERBATIM).size());
        assertEquals(List.of(16), places(forms, Form.KEY));
        assertEquals(List.of(17), places(forms, Form.STEP));
    }

    @Test
    void aChainBeginsAnew() {
        next(3, 0, SECOND_NS);
        policy.beginAnew();
        assertEquals(List.of(Form.KEY, Form.STEP), next(2, 3 * SECOND_NS, SECOND_NS));
    }

    @Test
    void unknownTimesDoNotMatter() {
        List<Form> forms = new ArrayList<>();
        for (int i = 0; i < 601; i++) {
            forms.add(policy.next(ReceiveTime.NONE));
        }
        assertEquals(List.of(0, 600), places(forms, Form.KEY));
    }
}
