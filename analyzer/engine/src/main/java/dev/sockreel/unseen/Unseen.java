package dev.sockreel.unseen;

import java.util.List;

/**
 * Something that a capture does not show, or a change that recording made to the host.
 *
 * @param id       as programs know it
 * @param families ids or kinds that it concerns; empty for all
 * @param why      why it was not seen: a clause
 * @param what     is unknown of how many sockets: a clause; empty where nothing is
 * @param sockets  how many it concerns in the last snapshot that it holds for; -1 when even that is not known
 * @param remedy   what would change it: an imperative; empty where nothing would
 * @param weakens  findings may be missing, or less sure, for it
 */
public record Unseen(
        String id, List<String> families, String why, String what, long sockets, String remedy, boolean weakens) {
    public static final long NOT_KNOWN = -1;

    public Unseen {
        families = List.copyOf(families);
    }

    /** {@code WHY: WHAT.} */
    public String sentence() {
        return why + (what.isEmpty() ? "" : ": " + what) + ".";
    }

    /** {@link #sentence()} and what to do. */
    public String advice() {
        return sentence()
                + (remedy.isEmpty() ? "" : " " + Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".");
    }
}
