package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code import} of packets and {@code export}: messages, exit codes, and no partial files. */
class PacketFilesTest {
    private static final Path NLMON = Capture.unpack(Capture.MODS).resolve("nlmon");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String reel() {
        return folder.resolve("out.reel").toString();
    }

    @Test
    void aWholePcapIs0AndListsItsUnknowns() {
        CommandRun run = CommandRun.of(NLMON.resolve("tcp.pcap"), "import", "-o", reel()).exits(0);
        assertTrue(run.err().contains("tcp.pcap (pcap): 1 snapshot, 2 dumps"), run::toString);
        assertTrue(run.err().contains("has nothing about processes or the host"), run::toString);
        assertTrue(run.err().contains("does not say whether packets were lost"), run::toString);
    }

    /** A cut file is reported even when all dumps in it are complete. */
    @Test
    void aCutPcapIs4WithThePlace() throws IOException {
        byte[] whole = Files.readAllBytes(NLMON.resolve("unix.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 10));
        CommandRun run = CommandRun.of(cut, "import", "-o", reel()).exits(4);
        assertTrue(
                run.err().contains("cut.pcap is cut off or damaged: byte 7772, packet 5: the file ends after 26 of its"
                        + " 36 bytes"),
                run::toString);
        assertTrue(run.err().contains("unix is unfinished"), run::toString);

        byte[] more = Arrays.copyOf(whole, whole.length + 7);
        Path tail = Files.write(folder.resolve("tail.pcap"), more);
        CommandRun complete = CommandRun.of(tail, "import", "-o", folder.resolve("tail.reel").toString()).exits(4);
        assertTrue(complete.err().contains("the file ends after 7 of the 16 bytes of its header"), complete::toString);
        assertFalse(complete.err().contains("unfinished"), complete::toString);
    }

    @Test
    void exportsGiveTheSameSocketsAgain() throws IOException {
        Path pcapng = folder.resolve("out.pcapng");
        CommandRun.of(Captures.TRUNCATED, "export", "--to", "pcapng", "--all", "-o", pcapng.toString()).exits(4);
        CommandRun again = CommandRun.of(pcapng, "import", "--from", "pcapng", "-o", reel()).exits(4);
        assertTrue(again.err().contains("sockreel exported this file"), again::toString);
        assertEquals(rows(Captures.TRUNCATED), rows(Path.of(reel())));
    }

    private static List<String> rows(Path reel) {
        return CommandRun.of(reel, "show", "--all").out().lines().map(l -> l.replaceAll("  +.*users:.*", "")).toList();
    }

    /** The file has the same bytes as standard output. */
    @Test
    void csvIsThatOfShow() throws IOException {
        Path csv = folder.resolve("out.csv");
        CommandRun.of(Captures.WHOLE, "export", "--to", "csv", "-o", csv.toString()).exits(0);
        assertEquals(CommandRun.of(Captures.WHOLE, "show", "--format", "csv").exits(0).out(),
                Files.readString(csv, StandardCharsets.UTF_8));
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path there = Files.writeString(folder.resolve("there.csv"), "mine");
        CommandRun run = CommandRun.of(Captures.WHOLE, "export", "--to", "csv", "-o", there.toString()).exits(3);
        assertTrue(run.err().contains("already exists"), run::toString);
        assertEquals("mine", Files.readString(there));
    }

    @Test
    void aFullDiskIs3() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        for (String format : List.of("pcapng", "csv", "ndjson", "ss-dump")) {
            CommandRun run = CommandRun.of(Captures.WHOLE, "export", "--to", format, "-o", full.toString()).exits(3);
            assertFalse(run.err().contains("written"), run::toString);
        }
    }

    /** A snapshot that does not exist leaves no file. */
    @Test
    void aFailureLeavesNoFile() throws IOException {
        Path out = folder.resolve("none.csv");
        CommandRun.of(Captures.WHOLE, "export", "--to", "csv", "--snapshot", "99", "-o", out.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.filter(p -> p.getFileName().toString().contains("none")).toList());
        }
    }

    /** Ctrl-C during the export: exit code 3, and neither the file nor a part of it exists. */
    @Test
    @Tag("process")
    void interruptedIs3AndLeavesNoFile() throws IOException, InterruptedException {
        Path source = folder.resolve("many.D");
        byte[] dump = Files.readAllBytes(Capture.unpack(Capture.MODS).resolve("ssD/full.D"));
        try (OutputStream many = Files.newOutputStream(source)) {
            for (int i = 0; i < 400; i++) {
                many.write(dump);
            }
        }
        CommandRun.of(source, "import", "-o", reel()).exits(0);
        Path out = folder.resolve("interrupted.ndjson");
        Process export = new ProcessBuilder(
                CommandRun.javaAnd("export", reel(), "--all", "--to", "ndjson", "-o", out.toString()))
                .redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
        for (int i = 0; i < 3000 && export.isAlive() && !isBegun(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        export.destroy(); // SIGTERM
        assertTrue(export.waitFor(300, TimeUnit.SECONDS), "it does not end");
        assumeTrue(export.exitValue() != 0, "it was done before it was interrupted");
        assertEquals(3, export.exitValue(), Files.readString(folder.resolve("said")));
        assertFalse(isBegun() || Files.exists(out), "a half file is left");
    }

    /** Returns whether there is a temporary file with content. */
    private boolean isBegun() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.anyMatch(p -> p.getFileName().toString().startsWith(".interrupted") && p.toFile().length() > 0);
        }
    }
}
