package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.dump.Dump;
import dev.sockreel.recorder.RecorderMain;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rooms (packages) of all modules to the rules of CONTRIBUTING.md, by their class files. */
class HouseTest {
    private static final int MAX_CLASSES_PER_ROOM = 25;
    private static final String OURS = "dev/sockreel/";
    private static final Pattern CLASS = Pattern.compile(OURS + "(?:[a-z]+/)*[A-Z]\\w*");
    /** One class of each module. */
    private static final List<Class<?>> MODULES =
            List.of(CaptureReader.class, RecorderMain.class, Dump.class, Main.class);

    /** The rooms that a room's classes name, by room. */
    private final Map<String, Set<String>> named = new TreeMap<>();
    /** Top-level classes by room. */
    private final Map<String, Set<String>> classes = new TreeMap<>();

    HouseTest() throws IOException, URISyntaxException {
        for (Class<?> one : MODULES) {
            Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                readAll(place);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                    readAll(jar.getPath("/"));
                }
            }
        }
    }

    private void readAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                read(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
    }

    private void read(ClassModel model) {
        String name = model.thisClass().asInternalName();
        boolean isGenerated = name.endsWith("/PageViewRenderer");
        if (!name.startsWith(OURS) || name.contains("/fixtures/") || name.endsWith("/package-info") || isGenerated) {
            return;
        }
        String room = room(name);
        Set<String> rooms = named.computeIfAbsent(room, r -> new TreeSet<>());
        for (PoolEntry entry : model.constantPool()) {
            // names of classes, descriptors and signatures are all among these
            if (entry instanceof Utf8Entry text) {
                CLASS.matcher(text.stringValue()).results().map(m -> room(m.group())).forEach(rooms::add);
            }
        }
        rooms.remove(room);
        if (!name.contains("$")) {
            classes.computeIfAbsent(room, r -> new TreeSet<>()).add(name);
        }
    }

    private static String room(String internalName) {
        return internalName.substring(0, internalName.lastIndexOf('/'));
    }

    @Test
    void noRoomReachesItself() {
        assertTrue(named.size() > 40, named.keySet()::toString);
        List<String> circles = named.keySet().stream().filter(room -> reachable(room).contains(room)).toList();
        assertEquals(List.of(), circles);
    }

    private Set<String> reachable(String from) {
        Set<String> reached = new HashSet<>();
        List<String> next = List.copyOf(named.getOrDefault(from, Set.of()));
        while (!next.isEmpty()) {
            next = next.stream().filter(reached::add).flatMap(r -> named.getOrDefault(r, Set.of()).stream()).toList();
        }
        return reached;
    }

    @Test
    void aRoomIsNotCrowded() {
        assertEquals(List.of(), classes.entrySet().stream()
                .filter(e -> e.getValue().size() > MAX_CLASSES_PER_ROOM)
                .map(e -> e.getKey() + ": " + e.getValue().size() + " classes")
                .toList());
    }
}
