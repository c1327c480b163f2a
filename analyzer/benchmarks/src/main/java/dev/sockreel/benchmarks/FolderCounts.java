package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Counts of datagram-logs, archives and copies of /proc/net that are imported. */
final class FolderCounts {
    private static final int MANY = 1 << 18;
    private static final int FEW = 1 << 14;
    private static final String HEADING = "Num       RefCount Protocol Flags    Type St Inode Path\n";
    private static final byte[] ASK =
            DiagRequest.inet(CountedReel.ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, 1).seq(1).toBytes();
    private static final byte[] DONE = NlmsgBuilder.done(CountedReel.ORDER, 0).seq(1).pid(1).toBytes();

    static final List<Count> ALL = List.of(
            count("rows of an index", MANY, (folder, n) -> log(folder, i -> row(i, i), n, "")),
            count("dumps of a file", MANY, (folder, n) -> log(folder, i -> row(0, i), n, "")),
            count("comments of an index", MANY, (folder, n) -> log(folder, i -> i == 0 ? row(0, 0) : "#\n", n, "")),
            count("files of dumps", FEW, FolderCounts::files),
            count("numbered folders", FEW, FolderCounts::folders),
            count("descriptors of an fdmap", MANY, (folder, n) -> log(folder, i -> row(0, i), 1,
                    lines(n, i -> "1\tname\t" + i + "\t" + i + "\n"))),
            count("processes of an fdmap", MANY, (folder, n) -> log(folder, i -> row(0, i), 1,
                    lines(n, i -> i + 1 + "\tname\t3\t" + i + "\n"))),
            count("bytes of a line", 1 << 19, (folder, n) -> log(folder, i -> i < 50 ? row(i, i)
                    : "#" + "x".repeat(n) + "\n", 100, "")),
            count("entries of an archive", MANY, (folder, n) -> tar(folder, n, i -> "f" + i)),
            count("folders of an entry", 1 << 11, (folder, n) -> tar(folder, 1000, i -> "d/".repeat(n) + "f")),
            count("copies of one table", MANY, (folder, n) -> tar(folder, n, i -> "proc/net/udp")),
            count("files of a folder", FEW, FolderCounts::tree),
            count("rows of a table", MANY, (folder, n) -> table(folder, new String(rows(n), StandardCharsets.UTF_8))),
            count("empty lines of a table", 1 << 20, (folder, n) -> table(folder, HEADING + "\n".repeat(n))),
            count("bytes of a table's line", 1 << 24, (folder, n) -> table(folder, HEADING + "x".repeat(n))),
            count("columns of a table's line", 1 << 23, (folder, n) -> table(folder, HEADING + " 1".repeat(n) + "\n")));

    private static Count count(String name, int max, Count.Maker maker) {
        return new Count(name, max, List.of(Command.to("out.reel", "import")), maker);
    }

    private static String lines(int n, IntFunction<String> line) {
        return IntStream.range(0, n).mapToObj(line).collect(Collectors.joining());
    }

    private static String row(int recv, int at) {
        return "tcp4\t" + recv + "\t" + at * DONE.length + "\t" + DONE.length + "\t0\t0\n";
    }

    private static void times(Path file, byte[] bytes, int n) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < n; i++) {
                out.write(bytes);
            }
        }
    }

    private static List<Path> log(Path folder, IntFunction<String> row, int rows, String fdmap) throws IOException {
        Files.write(folder.resolve("tcp4.req"), ASK);
        times(folder.resolve("tcp4.bin"), DONE, rows);
        Files.writeString(folder.resolve("index.tsv"), lines(rows, row));
        if (!fdmap.isEmpty()) {
            Files.writeString(folder.resolve("fdmap.tsv"), fdmap);
        }
        return List.of(folder);
    }

    private static List<Path> files(Path folder, int n) throws IOException {
        for (int i = 0; i < n; i++) {
            Files.write(folder.resolve("tcp4_" + i + ".bin"), DONE);
            Files.write(folder.resolve("tcp4_" + i + ".req"),
                    DiagRequest.inet(CountedReel.ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, i + 1).seq(1).toBytes());
        }
        Files.writeString(folder.resolve("index.tsv"),
                lines(n, i -> "tcp4_" + i + "\t0\t0\t" + DONE.length + "\t0\t0\n"));
        return List.of(folder);
    }

    private static List<Path> folders(Path folder, int n) throws IOException {
        for (int i = 0; i < n; i++) {
            log(Files.createDirectory(folder.resolve(String.valueOf(i))), r -> row(0, r), 1, "");
        }
        return List.of(folder);
    }

    private static List<Path> tar(Path folder, int n, IntFunction<String> name) throws IOException {
        Path archive = folder.resolve("a.tar");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            file(tar, "proc/net/unix", rows(1));
            for (int i = 0; i < n; i++) {
                file(tar, name.apply(i), new byte[0]);
            }
        }
        return List.of(archive);
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] rows(int n) {
        ProcTextBuilder table = ProcTextBuilder.unix();
        for (int i = 0; i < n; i++) {
            table.unix(0, 1, 3, 1 + i, "/run/" + i);
        }
        return table.toBytes();
    }

    private static List<Path> table(Path folder, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("proc/net")).resolve("unix"), text);
        return List.of(folder);
    }

    private static List<Path> tree(Path folder, int n) throws IOException {
        table(folder, new String(rows(1), StandardCharsets.UTF_8));
        for (int i = 0; i < n; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        return List.of(folder);
    }

    private FolderCounts() {}
}
