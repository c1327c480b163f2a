package dev.sockreel.netns;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.dump.Dump;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace that was chosen by a word: its name, its path as recorded, its inode ({@code 4026531840},
 * {@code net:[4026531840]}), or {@code host} for the recorder's own. A name counts before an inode. Each snapshot says
 * anew which namespaces it has, since names and inodes are used again.
 */
public final class NamespaceChoice {
    /** The word for the recorder's own namespace, which has no name in a capture. */
    public static final String HOST = "host";

    private static final Pattern INODE = Pattern.compile("(?:net:\\[)?([0-9]{1,18})\\]?");
    private static final List<String> FOLDERS = List.of("/run/netns/", "/var/run/netns/");
    /** Namespaces named in a sentence at most. */
    private static final int MAX_NAMED = 20;

    /** A namespace as a row shows it. */
    private record Shown(long inode, @Nullable String name) {}

    /** The chosen namespace in one snapshot. */
    public final class Here {
        private final Set<Integer> numbers;
        private final Set<Shown> shown;

        private Here(Set<Integer> numbers, Set<Shown> shown) {
            this.numbers = numbers;
            this.shown = shown;
        }

        public boolean takes(Dump dump) {
            return word == null || numbers.contains(dump.begin().netns());
        }

        public boolean takes(SocketRow row) {
            return word == null || shown.contains(new Shown(row.netns(), row.netnsName()));
        }

        /** Returns the numbers by which the dumps of the snapshot name it; empty if the snapshot does not have it. */
        public Set<Integer> numbers() {
            return Set.copyOf(numbers);
        }
    }

    private final @Nullable String word;
    private final Set<Shown> everShown = new HashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private boolean more;

    private NamespaceChoice(@Nullable String word) {
        this.word = word;
    }

    /** Returns the choice; all namespaces for no word. */
    public static NamespaceChoice of(@Nullable String word) {
        return new NamespaceChoice(word);
    }

    public boolean isGiven() {
        return word != null;
    }

    /** Returns the word, null for none. */
    public @Nullable String word() {
        return word;
    }

    /** Returns what is chosen in a snapshot. */
    public Here in(Snapshot snapshot) {
        Set<Integer> numbers = new TreeSet<>();
        Set<Shown> shown = new HashSet<>();
        if (word != null) {
            List<NetworkNamespace> all = snapshot.namespaces().values().stream()
                    .sorted(Comparator.comparingInt(NetworkNamespace::netns))
                    .toList();
            boolean named = all.stream().anyMatch(n -> hasName(n, snapshot));
            for (NetworkNamespace n : all) {
                note(n, snapshot);
                if (named ? hasName(n, snapshot) : isMeant(n)) {
                    numbers.add(n.netns());
                    shown.add(new Shown(snapshot.netnsInode(n.netns()), snapshot.netnsName(n.netns())));
                }
            }
            everShown.addAll(shown);
        }
        return new Here(numbers, shown);
    }

    private boolean hasName(NetworkNamespace n, Snapshot snapshot) {
        String asked = bare(Objects.requireNonNull(word));
        String listed = snapshot.netnsName(n.netns());
        return (!n.name().isEmpty() && (bare(n.name()).equals(asked) || PrintableName.of(bare(n.name())).equals(asked)))
                || (listed != null && bare(listed).equals(asked));
    }

    private boolean isMeant(NetworkNamespace n) {
        String asked = Objects.requireNonNull(word);
        Matcher inode = INODE.matcher(asked);
        return (n.name().isEmpty() && asked.equals(HOST))
                || (n.inode() != 0 && inode.matches() && Long.parseLong(inode.group(1)) == n.inode());
    }

    private static String bare(String name) {
        return FOLDERS.stream().filter(name::startsWith).findFirst().map(f -> name.substring(f.length())).orElse(name);
    }

    private void note(NetworkNamespace n, Snapshot snapshot) {
        String listed = snapshot.netnsName(n.netns());
        String name = n.name().isEmpty() ? HOST + (listed == null ? "" : ", " + listed) : listed;
        String line = name + (n.inode() == 0 ? "" : " (" + n.inode() + ")");
        if (names.size() < MAX_NAMED) {
            names.add(line);
        } else {
            more |= !names.contains(line);
        }
    }

    /** Returns whether a namespace with this inode and name was chosen in any snapshot so far. */
    public boolean takes(long inode, @Nullable String name) {
        return word == null || everShown.contains(new Shown(inode, name));
    }

    /** Returns whether a namespace with this inode was chosen in any snapshot so far. */
    public boolean takes(long inode) {
        return word == null || everShown.stream().anyMatch(s -> s.inode() == inode);
    }

    /**
     * Checks that any snapshot so far has the namespace.
     *
     * @param where the capture
     * @throws IOException if none has; the message lists the namespaces
     */
    public void check(String where) throws IOException {
        if (word != null && everShown.isEmpty()) {
            throw new IOException(where + " has no network namespace \"" + word + "\"; "
                    + (names.isEmpty() ? "it names none"
                            : "it has " + names.stream().collect(Collectors.joining(", "))
                                    + (more ? " and more" : "")));
        }
    }
}
