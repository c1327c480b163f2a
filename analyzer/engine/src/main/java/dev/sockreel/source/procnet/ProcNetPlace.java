package dev.sockreel.source.procnet;

import dev.sockreel.procnet.ProcTextOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One folder with copies of tables of /proc/net: one network namespace of one host. */
final class ProcNetPlace {
    private static final Pattern PROC =
            Pattern.compile("(?:(.*)/)?proc/(?:(net)|(?:self|thread-self)/(net)|[0-9]{1,9}/net)", Pattern.DOTALL);

    /** The likelihood that it is a host's own /proc/net, the surest first. */
    enum Kind {
        /** The folder that the user named. */
        NAMED,
        /** …/proc/net. */
        HOST,
        /** …/proc/self/net, to which /proc/net is a link. */
        SELF,
        /** …/proc/PID/net: the namespace of that process. */
        PROCESS,
        /** A folder of another name. */
        OTHER
    }

    private final String folder;
    private final Kind kind;
    private final String root;
    /** Name of a table or of a file of counters → how many files have that path; the last one counts. */
    private final Map<String, Integer> files = new TreeMap<>();
    private boolean hasTables;
    private final ProcTextOrder order = new ProcTextOrder();

    ProcNetPlace(String folder) {
        this.folder = folder;
        Matcher m = PROC.matcher(folder);
        boolean isProc = m.matches();
        kind = folder.isEmpty() ? Kind.NAMED
                : !isProc ? Kind.OTHER
                : m.group(2) != null ? Kind.HOST
                : m.group(3) != null ? Kind.SELF : Kind.PROCESS;
        root = isProc && m.group(1) != null ? m.group(1) : "";
    }

    /** Returns the path below the source's root; empty for the root itself. */
    String folder() {
        return folder;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the folder that stands for the host's {@code /}. */
    String root() {
        return root;
    }

    void add(String name, boolean isTable) {
        files.merge(name, 1, Integer::sum);
        hasTables |= isTable;
    }

    Map<String, Integer> files() {
        return files;
    }

    /** Returns whether it has a table; counters alone show no socket. */
    boolean hasTables() {
        return hasTables;
    }

    ProcTextOrder order() {
        return order;
    }

    /** Returns whether the other's root is the same or lies below this one's, so that both are of one host. */
    boolean isRootOf(ProcNetPlace other) {
        return root.isEmpty() || other.root.equals(root) || other.root.startsWith(root + "/");
    }
}
