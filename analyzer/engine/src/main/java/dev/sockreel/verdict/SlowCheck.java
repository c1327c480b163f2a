package dev.sockreel.verdict;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import java.util.Locale;
import java.util.Optional;

/** Finds dumps that took longer than the recording's interval, so that the next snapshot was late. */
final class SlowCheck implements DumpCheck {
    private static final int MAX_DIGITS = 18;

    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        String interval = around.snapshot().host().get(HostEvidence.INTERVAL_NS);
        ReceiveTime from = dump.begin().time();
        ReceiveTime to = dump.end() == null ? ReceiveTime.NONE : dump.end().time();
        boolean timed = from.monotonicNs() != ReceiveTime.UNKNOWN && to.monotonicNs() != ReceiveTime.UNKNOWN;
        if (interval == null || !timed || !isNumber(interval)) {
            return Optional.empty();
        }
        long intervalNs = Long.parseLong(interval);
        long tookNs = to.monotonicNs() - from.monotonicNs();
        return tookNs <= intervalNs ? Optional.empty() : Optional.of(new Fault(
                DumpFault.SLOW_DUMP, dump.family(), String.format(Locale.ROOT,
                        "the dump took %.3f s, longer than the interval of %.3f s", tookNs / 1e9, intervalNs / 1e9)));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS;
    }
}
