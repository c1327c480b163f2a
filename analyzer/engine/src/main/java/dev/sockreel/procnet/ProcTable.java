package dev.sockreel.procnet;

import dev.sockreel.nlmsg.Family;
import java.nio.ByteOrder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file of /proc/net. Has no state. */
interface ProcTable {
    /** A socket's address as {@code %pK} prints it: hashed, zeros, or a word while the hash has no key yet. */
    String POINTER = "(?:[0-9a-fA-F]{8,16}|\\(_*ptrval_*\\))";

    /** Returns the name under /proc/net. */
    String name();

    /** Returns the dump that it stands in for: tcp4, unix, …; empty where sock_diag has no handler at all. */
    default String family() {
        return name();
    }

    /** Returns the beginning of the first line, without blanks. */
    String heading();

    /** Returns whether the sockets are of this family (AF_*) and protocol (IPPROTO_*, 0 for none). */
    default boolean lists(int af, int protocol) {
        Family family = Family.of(family());
        return family != null && family.af() == af;
    }

    /** Returns what a line that begins a row looks like, from its first character to its last. */
    Pattern row();

    default boolean beginsRow(String line) {
        return row().matcher(line).matches();
    }

    /** Returns whether a line that begins no row can belong to the row before it: a name may hold a newline. */
    default boolean continues(CharSequence row, String line) {
        return false;
    }

    /**
     * Reads one row.
     *
     * @param line  bytes as Latin-1, so that none is lost
     * @param order of the capturing host: addresses are printed as its integers
     * @return null when the line is not understood
     */
    @Nullable
    ProcSocket parse(String line, ByteOrder order);
}
