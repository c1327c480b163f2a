package dev.sockreel.source.procnet;

import dev.sockreel.procnet.ProcNet;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.Counted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** First pass over a source: finds folders with tables of /proc/net, and files with facts about their hosts. */
final class ProcNetSearch implements FileTree.Visitor {
    /** Files of counters that serve to check the tables; copied unchanged. */
    static final List<String> COUNTERS = List.of("sockstat", "sockstat6", "protocols");

    private static final Set<String> TABLES = Set.copyOf(ProcNet.tables());
    private static final int HEAD_BYTES = 1024;
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Limit for folders. A bundle of one host has one; more are an error. */
    private static final int MAX_PLACES = 1000;
    private static final int MAX_FACT_FILES = 1000;

    private final Map<String, ProcNetPlace> places = new TreeMap<>();
    /** Texts of files with facts: host's root → path below it → text. */
    private final Map<String, Map<String, String>> facts = new HashMap<>();
    /** Sentences about files in a host's /proc/net that have the name of a table but are empty, or hold none. */
    private final List<String> emptyTables = new ArrayList<>();
    private final List<String> notTables = new ArrayList<>();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int factFiles;

    @Override
    public void file(String path, FileTree.Content content) throws IOException {
        String name = name(path);
        String suffix = HostFactFiles.suffix(path, name);
        if (suffix != null && factFiles < MAX_FACT_FILES) {
            factFiles++;
            String root =
                    path.length() == suffix.length() ? "" : path.substring(0, path.length() - suffix.length() - 1);
            try (InputStream in = content.open()) {
                String text = new String(in.readNBytes(HostFactFiles.MAX_BYTES), StandardCharsets.UTF_8);
                facts.computeIfAbsent(root, r -> new HashMap<>()).put(suffix, text);
            }
        } else if (TABLES.contains(name)) {
            table(path, content);
        } else if (COUNTERS.contains(name) && new ProcNetPlace(folder(path)).kind() != ProcNetPlace.Kind.OTHER) {
            place(path).add(name, false);
        }
    }

    private void table(String path, FileTree.Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            if (ProcNet.isTable(name(path), head)) {
                ProcNetPlace place = place(path);
                place.add(name(path), true);
                readOrder(place, new SequenceInputStream(new ByteArrayInputStream(head), in), path);
                return;
            }
            ProcNetPlace.Kind kind = new ProcNetPlace(folder(path)).kind();
            if (head.length == 0 && kind != ProcNetPlace.Kind.OTHER) {
                place(path).add(name(path), false); // kept, so that the capture shows that it was empty
            }
            if (kind != ProcNetPlace.Kind.HOST) {
                return;
            }
            if (head.length == 0) {
                add(emptyTables, path + " is empty, so it is not known whether there are such sockets");
            } else {
                add(notTables, "%s is not a table of /proc/net: its %s left out".formatted(
                        path, Counted.of(head.length + in.skip(Long.MAX_VALUE), "byte is", "bytes are")));
            }
        }
    }

    private static void add(List<String> sentences, String sentence) {
        if (sentences.size() < MAX_PLACES) {
            sentences.add(sentence);
        }
    }

    private ProcNetPlace place(String path) throws SourceException {
        ProcNetPlace place = places.computeIfAbsent(folder(path), ProcNetPlace::new);
        if (places.size() > MAX_PLACES) {
            throw new SourceException(
                    "more than " + MAX_PLACES + " folders have tables of /proc/net: name one of them");
        }
        return place;
    }

    private void readOrder(ProcNetPlace place, InputStream in, String path) throws IOException {
        ProcCopy.Size size = new ProcCopy.Size(path);
        int got;
        while ((got = in.read(chunk)) >= 0) {
            place.order().add(chunk, got);
            size.add(chunk, got);
        }
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the folders that look most like a host's own, sorted by name. */
    List<ProcNetPlace> best() {
        List<ProcNetPlace> all = places.values().stream()
                .filter(ProcNetPlace::hasTables)
                .sorted(Comparator.comparing(ProcNetPlace::kind).thenComparing(ProcNetPlace::folder))
                .toList();
        return all.stream().filter(p -> p.kind() == all.getFirst().kind()).toList();
    }

    /** Returns the folders with tables. */
    List<String> folders() {
        return places.values().stream().filter(ProcNetPlace::hasTables).map(ProcNetPlace::folder).toList();
    }

    /** Returns a sentence for each file in a host's /proc/net that has the name of a table but is empty. */
    List<String> emptyTables() {
        return emptyTables;
    }

    /** Returns a sentence for each file in a host's /proc/net that has the name of a table but holds none. */
    List<String> notTables() {
        return notTables;
    }

    /** Returns the host's facts under the names of HostEvidence. */
    Map<String, String> factsOf(ProcNetPlace place) {
        return HostFactFiles.facts(facts.getOrDefault(place.root(), Map.of()));
    }
}
