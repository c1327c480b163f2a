package dev.sockreel.benchmarks;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Counts of a whole file. */
final class FileCounts {
    private static final int MANY = 1 << 20;

    static final List<Count> ALL = List.of(
            new Count("snapshots", MANY, Command.OF_CAPTURES, FileCounts::snapshots),
            new Count("snapshots with a file of many owners", 1 << 13, Command.OF_CAPTURES, ProcessCounts::carriedOver),
            new Count("joined captures", 1 << 12, Command.OF_CAPTURES, FileCounts::joined),
            new Count("captures given", 1 << 11, List.of(Command.of("verify"), Command.of("info"),
                    Command.of("findings", "--no-cache"), Command.to("out.html", "report")), FileCounts::given),
            new Count("facts of the host", 1 << 16, Command.OF_CAPTURES, FileCounts::facts),
            new Count("notes between snapshots", MANY, Command.OF_CAPTURES, FileCounts::looseNotes),
            new Count("wrong record checksums", MANY, Command.OF_CAPTURES, FileCounts::wrongRecords),
            new Count("broken group headers", 1 << 14, Command.OF_CAPTURES, FileCounts::brokenHeaders),
            new Count("missing groups", 1 << 16, Command.OF_CAPTURES, FileCounts::missingGroups),
            new Count("bytes of junk", 1 << 27, Command.OF_CAPTURES, FileCounts::junk));

    private static CountedReel small(CountedReel reel) throws IOException {
        return reel.begin().dump("unix", Sockets.unix(), Sockets.unixes(2)).end();
    }

    private static List<Path> snapshots(Path folder, int n) throws IOException {
        CountedReel reel = CountedReel.begin(folder, "a.reel");
        for (int i = 0; i < n; i++) {
            small(reel);
        }
        return List.of(reel.close());
    }

    private static List<Path> given(Path folder, int n) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            files.add(small(CountedReel.begin(folder, i + ".reel")).close());
        }
        return files;
    }

    private static List<Path> joined(Path folder, int n) throws IOException {
        Path all = folder.resolve("all.reel");
        try (OutputStream out = Files.newOutputStream(all)) {
            for (Path file : given(folder, n)) {
                Files.copy(file, out);
                Files.delete(file);
            }
        }
        return List.of(all);
    }

    private static List<Path> facts(Path folder, int n) throws IOException {
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < n; i++) {
            facts.put("fact-" + i, "");
        }
        return List.of(small(small(CountedReel.begin(folder, "a.reel").write(new HostEvidence(facts)))).close());
    }

    private static List<Path> looseNotes(Path folder, int n) throws IOException {
        CountedReel reel = small(CountedReel.begin(folder, "a.reel"));
        for (int i = 0; i < n; i++) {
            reel.write(new RecorderNote(-1, -1, RecorderNote.Kind.IMPORT_REPORT, 0, ReceiveTime.NONE, "note " + i));
        }
        return List.of(small(reel).close());
    }

    /** Flips a bit in the checksum of every second record of a dump. */
    private static List<Path> wrongRecords(Path folder, int n) throws IOException {
        CountedReel reel = small(CountedReel.begin(folder, "a.reel")).begin();
        Path file = reel.datagrams(0, "unix", Sockets.unix(), Collections.nCopies(n, new byte[0])).end().close();
        RawGroups.spoilRecords(file);
        return List.of(file);
    }

    private static List<Path> brokenHeaders(Path folder, int n) throws IOException {
        Path file = snapshots(folder, 2 * n).getFirst();
        RawGroups.edit(file, (bytes, at, number) -> bytes[at + 20] ^= (byte) (number > 2 && number % 2 == 0 ? 1 : 0));
        return List.of(file);
    }

    private static List<Path> missingGroups(Path folder, int n) throws IOException {
        Path file = snapshots(folder, 2 * n).getFirst();
        RawGroups.remove(file, number -> number > 2 && number % 2 == 0);
        return List.of(file);
    }

    /** Puts bytes that are no group between two groups: with many that could begin a header. */
    private static List<Path> junk(Path folder, int n) throws IOException {
        Path file = snapshots(folder, 2).getFirst();
        byte[] junk = new byte[n];
        new SplittableRandom(1).nextBytes(junk);
        for (int i = 0; i < n; i += 2) {
            junk[i] = 0x5a;
        }
        RawGroups.insert(file, 2, junk);
        return List.of(file);
    }

    private FileCounts() {}
}
