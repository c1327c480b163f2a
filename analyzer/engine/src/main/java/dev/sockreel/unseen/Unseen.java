package dev.sockreel.unseen;

import java.util.List;

/**
 * Something that a capture does not show, or a change that recording made to the host.
 *
 * @param id       as programs know it
 * @param families ids or kinds concerned; empty for all
 * @param why      the reason, as a clause
 * @param what     what is unknown and of how many sockets, as a clause; empty where nothing is
 * @param sockets  number of sockets concerned in the last snapshot with this gap; -1 when not known
 * @param remedy   what would change it, as an imperative; empty where nothing would
 * @param weakens  whether findings may be missing or less certain because of it
 */
public record Unseen(
        String id, List<String> families, String why, String what, long sockets, String remedy, boolean weakens) {
    public static final long NOT_KNOWN = -1;

    public Unseen {
        families = List.copyOf(families);
    }

    /** Returns {@code WHY: WHAT.} */
    public String sentence() {
        return why + (what.isEmpty() ? "" : ": " + what) + ".";
    }

    /** Returns {@link #sentence()} and what to do. */
    public String advice() {
        return sentence()
                + (remedy.isEmpty() ? "" : " " + Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".");
    }
}
