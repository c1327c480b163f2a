package dev.sockreel.campaign.processes;

import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a folder at a moment, read from outside with a parser that is not the recorder's.
 *
 * @param files content by name, in the order of names
 */
record Recording(TreeMap<String, byte[]> files) {
    private static final int SNAPSHOT_END = 11;
    private static final byte[] NOTHING = new byte[0];

    static Recording read(Path folder) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (String name : names(folder)) {
            try {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            } catch (NoSuchFileException e) {
                files.remove(name); // deleted by --retain, or a temporary name that has become another
            }
        }
        return new Recording(files);
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the captures, without temporary names. */
    List<String> reels() {
        return files.keySet().stream().filter(n -> n.endsWith(".reel")).toList();
    }

    List<String> others() {
        return files.keySet().stream().filter(n -> !n.endsWith(".reel")).toList();
    }

    /** Returns the content of a file, empty if it is not there. */
    byte[] file(String name) {
        return Objects.requireNonNullElse(files.get(name), NOTHING);
    }

    /** Returns the numbers of the snapshots that are finished in a file. */
    TreeSet<Integer> finished(String name) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (ReelFile.Entry e : ReelFile.parseUnclosed(file(name)).entries()) {
            if (e.type() == SNAPSHOT_END) {
                numbers.add(e.number(0));
            }
        }
        return numbers;
    }

    /** Returns the numbers of all finished snapshots. */
    TreeSet<Integer> finished() {
        TreeSet<Integer> numbers = new TreeSet<>();
        reels().forEach(name -> numbers.addAll(finished(name)));
        return numbers;
    }

    /** Returns these files and one more. */
    Recording with(String name, byte[] content) {
        TreeMap<String, byte[]> more = new TreeMap<>(files);
        more.put(name, content);
        return new Recording(more);
    }

    /** Returns what of this is not found in a later state: files that are gone, or do not begin as they did. */
    List<String> lostIn(Recording later) {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] now = later.files.get(file.getKey());
            if (file.getKey().endsWith(".reel")
                    && (now == null || !Arrays.equals(now, 0, Math.min(now.length, file.getValue().length),
                            file.getValue(), 0, file.getValue().length))) {
                lost.add(file.getKey());
            }
        }
        return lost;
    }
}
