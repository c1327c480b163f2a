package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands need no folder for temporary files, unless a capture is compressed or comes from a pipe. */
@Tag("process")
class TemporaryFolderTest {
    @TempDir
    private Path folder;

    private Path compressed(String format) throws IOException, CompressorException {
        Path file = folder.resolve("dump." + format);
        try (var out =
                new CompressorStreamFactory().createCompressorOutputStream(format, Files.newOutputStream(file))) {
            out.write(Sample.COMPLETE_TCP4.bytes());
        }
        return file;
    }

    private static List<String> withTemporaryFolder(String tmp, String... words) {
        List<String> java = CommandRun.javaAnd(words);
        java.add(1, "-Djava.io.tmpdir=" + tmp);
        return java;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--version", "info WHOLE", "verify WHOLE", "show WHOLE", "ss WHOLE", "findings WHOLE", "diff WHOLE",
        "history WHOLE cookie:40", "peers WHOLE cookie:40 --snapshot 0", "report WHOLE -o OUT",
        "export WHOLE --to ndjson -o OUT", "recover WHOLE -o OUT", "import GZ -o OUT", "import ZSTD -o OUT",
        "import XZ -o OUT", "import BZIP2 -o OUT", "import LZ4-FRAMED -o OUT"
    })
    void aCommandWorksWithoutOne(String line) throws IOException, CompressorException {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            words.add(switch (word) {
                case "WHOLE" -> Captures.WHOLE.toString();
                case "OUT" -> folder.resolve("out").toString();
                case "GZ", "ZSTD", "XZ", "BZIP2", "LZ4-FRAMED" ->
                    compressed(word.toLowerCase(Locale.ROOT)).toString();
                default -> word;
            });
        }
        CommandRun here = CommandRun.started(Path.of(""), CommandRun.javaAnd(words.toArray(String[]::new)));
        Files.deleteIfExists(folder.resolve("out"));
        CommandRun run = CommandRun.started(Path.of(""),
                withTemporaryFolder(folder.resolve("missing").toString(), words.toArray(String[]::new)));
        run.exits(here.exit());
        assertEquals(here.out(), run.out());
    }

    @Test
    @Live
    void recordsWithoutOne() {
        CommandRun.started(Path.of(""), withTemporaryFolder(folder.resolve("missing").toString(),
                "record", "--count", "1", "--no-modprobe", "-o", folder.resolve("r.reel").toString())).exits(0);
        CommandRun.of("verify", folder.resolve("r.reel").toString()).exits(0);
    }

    @Test
    void readsBesideATmpThatIsFullAndNoexec() throws IOException {
        assumeTrue(Stream.of("/usr/bin/unshare").allMatch(p -> Files.isExecutable(Path.of(p))), "no unshare");
        Path tmp = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c",
                "mount -t tmpfs -o noexec,size=64k none \"$0\" && { dd if=/dev/zero of=\"$0\"/fill 2>/dev/null;"
                        + " exec \"$@\"; } || exit 77",
                tmp.toString()));
        command.addAll(withTemporaryFolder(tmp.toString(), "verify", Captures.WHOLE.toString()));
        CommandRun run = CommandRun.started(Path.of(""), command);
        assumeTrue(run.exit() != 77 && !run.err().contains("unshare"), "may not mount: " + run.err());
        run.exits(0);
    }
}
