package dev.sockreel.cli.choosing;

import dev.sockreel.recorder.help.HelpWords;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Meanings of the words in capitals that help uses: how sockets and times of captures are named. */
public final class ChoosingWords {
    /** Meanings by word, in the order in which help explains them. */
    public static final Map<String, String> ALL = all();

    private static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SOCKET", SocketSpec.FORMS);
        all.put("FILTER", "ss's language: state NAME, exclude NAME, then an expression such as dport = :443 or "
                + "'( src 10.0.0.0/8 and not dev = lo )'; fields too: unread > 0, comm = nginx, tcpi_rtt > 1000");
        all.put("TIME", "14:32 (UTC), 2026-11-22T14:32:00Z, -5m (before the end) or +90s (after the start)");
        all.putAll(HelpWords.OF_RECORDER);
        return Collections.unmodifiableMap(all);
    }

    private ChoosingWords() {}
}
