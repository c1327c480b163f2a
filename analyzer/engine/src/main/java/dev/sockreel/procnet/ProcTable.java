package dev.sockreel.procnet;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One file of /proc/net. Has no state. */
interface ProcTable {
    /** Its name under /proc/net. */
    String name();

    /** Of the dumps it stands in for: tcp4, unix, …; empty where sock_diag has no handler at all. */
    String family();

    /** How its first line begins, blanks aside. */
    String heading();

    /** Whether its sockets are of this family (AF_*) and protocol (IPPROTO_*, 0 for none). */
    boolean lists(int af, int protocol);

    /** Whether a line begins a row; one that does not goes on with the name of the row before. */
    boolean beginsRow(String line);

    /**
     * @param line  bytes as Latin-1, so that none is lost
     * @param order of the capturing host: addresses are printed as its integers
     * @return null when the line is not understood
     */
    @Nullable ProcSocket parse(String line, ByteOrder order);
}
