package dev.sockreel.recorder.help;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes, the same in every command. */
public final class ExitCodes {
    /** Their meaning, by number. */
    public static final Map<String, String> MEANINGS = meanings();

    private static Map<String, String> meanings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("0", "done, the input is complete");
        all.put("1", "the check failed (verify, findings --fail-on)");
        all.put("2", "wrong usage");
        all.put("3", "failed (unreadable, not a capture, no permission)");
        all.put("4", "done, but the input is damaged or a dump is incomplete");
        return java.util.Collections.unmodifiableMap(all);
    }

    private ExitCodes() {}
}
