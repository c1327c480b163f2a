package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.printing.Streams;
import dev.sockreel.fixtures.Capture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input, pipes and compressed captures, as every command that reads captures takes them. */
class InputsTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private static CommandRun with(InputStream in, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(Streams.of(in, out, err), words);
        return new CommandRun(List.of(words), exit, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private static byte[] packed(String format, byte[] plain) throws IOException, CompressorException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(format, bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Every command that reads a capture. */
    static Stream<String> readers() {
        return MatrixRun.COMMANDS.values().stream().filter(w -> w.contains("FILE") && !w.startsWith("import")).sorted();
    }

    private String[] words(String line, String file) {
        return Stream.of(line.split(" "))
                .map(w -> w.equals("FILE") ? file : w.equals("OUT") ? folder.resolve("OUT").toString() : w)
                .toArray(String[]::new);
    }

    /** All that it says and writes; the size that info tells is that of the file as it is. */
    private String answer(CommandRun run) throws IOException {
        Path out = folder.resolve("OUT");
        String written = Files.exists(out) ? Files.readString(out, StandardCharsets.ISO_8859_1) : "";
        Files.deleteIfExists(out);
        return run.exits(0).out().replaceAll("size +\\d+", "size") + run.err() + written;
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aCompressedCaptureIsOpenedAsItIs(String line) throws Exception {
        Path file = Files.copy(Captures.WHOLE, folder.resolve("capture"));
        String plain = answer(CommandRun.of(words(line, file.toString())));
        for (String format : List.of("gz", "zstd", "xz", "bzip2", "lz4-framed")) {
            Files.write(file, packed(format, Files.readAllBytes(Captures.WHOLE)));
            assertEquals(plain, answer(CommandRun.of(words(line, file.toString()))), format);
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void standardInputIsNamedByItsDash(String line) throws Exception {
        Path named = Files.copy(Captures.WHOLE, folder.resolve("-file-"));
        String plain = answer(CommandRun.of(words(line, named.toString())))
                .replace(named.toString(), "-").replace("-file-", "-");
        for (byte[] bytes : List.of(Files.readAllBytes(named), packed("gz", Files.readAllBytes(named)))) {
            String piped = answer(with(new ByteArrayInputStream(bytes), words(line, "-")));
            assertEquals(plain, piped);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"info - -", "verify - FILE -", "findings - -", "report - - -o OUT", "diff - -",
        "history - - cookie:40"})
    void standardInputTwiceIs2(String line) throws IOException {
        CommandRun run = with(Files.newInputStream(Captures.WHOLE), words(line, Captures.WHOLE.toString())).exits(2);
        assertTrue(run.err().contains("- is given twice, but standard input can be read only once"), run::toString);
    }

    @Test
    void oneSideOfADiffMayBeStandardInput() throws IOException {
        String file = Captures.WHOLE.toString();
        CommandRun left = with(Files.newInputStream(Captures.WHOLE), "diff", "-", file, "--from", "0").exits(0);
        CommandRun right = with(Files.newInputStream(Captures.WHOLE), "diff", file, "-", "--from", "0").exits(0);
        assertTrue(left.out().startsWith("from - snapshot 0, "), left::toString);
        assertTrue(right.out().contains("\nto   - snapshot 4, "), right::toString);
        assertEquals(left.out().lines().skip(2).toList(), right.out().lines().skip(2).toList());
    }

    /** A missing file keeps no other from being read. */
    @ParameterizedTest
    @ValueSource(strings = {"info - MISSING FILE", "verify - MISSING FILE", "findings - MISSING FILE",
        "report - MISSING FILE -o OUT", "history - MISSING FILE cookie:40"})
    void whatIsMissingIsPassedOver(String line) throws IOException {
        String missing = folder.resolve("missing.reel").toString();
        String[] words = Stream.of(words(line, Captures.PARTIAL.toString()))
                .map(w -> w.equals("MISSING") ? missing : w).toArray(String[]::new);
        List<String> all = new ArrayList<>(List.of(words));
        if (line.startsWith("history")) {
            all.add(1, "--same-boot");
        }
        CommandRun run = with(Files.newInputStream(Captures.WHOLE), all.toArray(String[]::new))
                .exits(line.startsWith("verify") ? 1 : 4);
        assertTrue(run.err().contains(missing + ": no such file; it is passed over"), run::toString);
    }

    @Test
    void whatIsGoodInADamagedStreamIsShown() throws Exception {
        byte[] gz = packed("gz", Files.readAllBytes(Captures.WHOLE));
        byte[] cut = Arrays.copyOf(gz, gz.length / 2);
        CommandRun run = with(new ByteArrayInputStream(cut), "info", "-").exits(4);
        assertTrue(run.err().contains("its compression (gz) is cut off or damaged after "), run::toString);
        assertTrue(run.out().contains("snapshots   "), run::toString);
        with(new ByteArrayInputStream(cut), "verify", "-").exits(1);
        with(new ByteArrayInputStream(cut), "recover", "-", "-o", folder.resolve("r").toString()).exits(4);
        CommandRun.of(folder.resolve("r"), "verify").exits(0);
        byte[] wrongSum = gz.clone();
        wrongSum[gz.length - 8] ^= 1;
        CommandRun sum = with(new ByteArrayInputStream(wrongSum), "show", "-").exits(4);
        assertTrue(sum.err().contains("its compression (gz) is cut off or damaged"), sum::toString);
    }

    /** Whatever is wrong with it, a compressed capture is shown as far as it is good, or refused with a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz", "bzip2", "lz4-framed"})
    void aChangedByteInACompressedCaptureIsReported(String format) throws Exception {
        byte[] packed = packed(format, Files.readAllBytes(Captures.WHOLE));
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            byte[] changed = packed.clone();
            int at = i < 10 ? i : random.nextInt(changed.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            CommandRun run = with(new ByteArrayInputStream(changed), "verify", "-");
            assertTrue(Set.of(0, 1, 3).contains(run.exit()), run::toString);
            assertFalse(run.err().contains("bug"), run::toString);
            boolean inContent = at >= 64 && at < changed.length - 64; // a time or padding may change
            assertTrue(run.exit() != 0 || !inContent, () -> "byte " + at + " is not noticed: " + run);
        }
    }

    @Test
    void whatUnpacksToAbsurdlyMuchIsRefused() throws Exception {
        Path file = folder.resolve("bomb");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            Files.copy(Captures.WHOLE, out);
            for (int i = 0; i < 300; i++) {
                out.write(new byte[MIB]);
            }
        }
        CommandRun run = CommandRun.of(file, "info").exits(3).saysOnly(1);
        assertTrue(run.err().contains("bomb unpacks to more than 250 times its size"), run::toString);
        CommandRun zeros = CommandRun.of(Files.write(file, packed("gz", new byte[20 * MIB])), "info").exits(3);
        assertTrue(zeros.err().contains("nor in what gz unpacks from them"), zeros::toString);
    }

    /** It would fill the folder for temporary files. */
    @Test
    void anEndlessPipeWithoutACaptureIsNotReadOn() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'y';
            }

            @Override
            public int read(byte[] b, int off, int len) {
                Arrays.fill(b, off, off + len, (byte) 'y');
                return len;
            }
        };
        CommandRun run = with(endless, "info", "-").exits(3).saysOnly(1);
        assertTrue(run.err().contains("no group header in its first 8388608 bytes"), run::toString);
    }

    @Test
    void aPipeThatBringsNothingIsEmpty() {
        CommandRun run = with(InputStream.nullInputStream(), "show", "-").exits(3).saysOnly(1);
        assertTrue(run.err().contains("- is empty"), run::toString);
    }

    /** Frames of zstd, which a capture consists of, are no compressed capture. */
    @Test
    void aCaptureWithoutItsFirstHeaderIsNotUnpacked() throws Exception {
        byte[] reel = Files.readAllBytes(Captures.WHOLE);
        byte[] headless = Arrays.copyOfRange(reel, 64, reel.length);
        byte[] broken = reel.clone();
        broken[20] ^= 1;
        for (byte[] bytes : List.of(headless, broken)) {
            CommandRun file = CommandRun.of(Files.write(folder.resolve("f"), bytes), "verify").exits(1);
            CommandRun piped = with(new ByteArrayInputStream(bytes), "verify", "-").exits(1);
            assertEquals(file.out().replace(folder.resolve("f").toString(), "-"), piped.out());
            assertFalse(file.out().contains("compression"), file::toString);
        }
    }

    @Test
    void severalCompressedMembersAreOneCapture() throws Exception {
        byte[] reel = Files.readAllBytes(Captures.WHOLE);
        byte[] first = packed("gz", Arrays.copyOf(reel, 1000));
        byte[] rest = packed("gz", Arrays.copyOfRange(reel, 1000, reel.length));
        with(new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(rest)), "verify", "-")
                .exits(0);
    }

    @Test
    void standardInputIsNotCached() throws IOException {
        Path cache = folder.resolve("cache");
        for (Path capture : List.of(Captures.WHOLE, Captures.PARTIAL)) {
            String file = CommandRun.of(capture, "findings").out();
            CommandRun piped =
                    with(Files.newInputStream(capture), "findings", "--cache", cache.toString(), "-").exits(0);
            assertEquals(file, piped.out());
        }
        assertTrue(Files.notExists(cache));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recover FILE -o OUT", "report FILE -o OUT", "export FILE --to csv -o OUT"})
    void forceOverwritesAFile(String line) throws IOException {
        Path out = Files.writeString(folder.resolve("OUT"), "mine");
        CommandRun.of(words(line, Captures.WHOLE.toString())).exits(3);
        assertEquals("mine", Files.readString(out));
        CommandRun.of(words(line + " --force", Captures.WHOLE.toString())).exits(0);
        assertTrue(Files.size(out) > 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recover WHOLE -o -", "export WHOLE --to csv -o -", "report WHOLE -o -"})
    @Tag("process")
    void aReaderThatLeavesEndsItQuietly(String line) {
        String[] words = line.replace("WHOLE", Captures.WHOLE.toString()).split(" ");
        String run = shell(words);
        CommandRun all = CommandRun.started(folder,
                List.of("/bin/bash", "-c", "{ sleep 0.3; " + run + "; echo exit $? >&2; } | true"));
        assertEquals("exit 0", all.exits(0).err().lines().reduce((a, b) -> b).orElse(""), all::toString);
        assertFalse(all.err().contains("sockreel:"), all::toString);
    }

    private static String shell(String... words) {
        return "'" + String.join("' '", CommandRun.javaAnd(words)) + "'";
    }

    @Test
    @Tag("process")
    void aPipelineOfCommandsNeedsNoFile() throws IOException {
        CommandRun.started(folder, List.of("/bin/bash", "-c", "set -o pipefail; "
                + shell("export", Captures.WHOLE.toString(), "--to", "pcapng", "-o", "-") + " | "
                + shell("import", "-", "-o", "-") + " | " + shell("verify", "-"))).exits(0);
        CommandRun recovered = CommandRun.started(folder, List.of("/bin/bash", "-c",
                shell("recover", Captures.CUT.toString(), "-o", "-") + " | " + shell("show", "-"))).exits(0);
        assertTrue(recovered.err().contains("lost: "), recovered::toString);
        assertFalse(recovered.out().contains("lost: "), recovered::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recover WHOLE -o -", "recover WHOLE -o /dev/stdout", "export WHOLE --to pcapng -o -",
        "import D -o -", "record -o -"})
    @Tag("process")
    void aTerminalIsNoPlaceForABinaryFile(String line) throws IOException {
        Path script = Path.of("/usr/bin/script");
        assumeTrue(Files.isExecutable(script), "no script(1) to make a terminal");
        String words = line.replace("WHOLE", Captures.WHOLE.toString())
                .replace("D", Capture.unpack(Capture.MODS).resolve("ssD/tcp.D").toString());
        CommandRun run = CommandRun.started(folder,
                List.of(script.toString(), "-qec", shell(words.split(" ")), "/dev/null")).exits(2);
        assertTrue(run.out().contains(" is a terminal, which cannot show"), run::toString);
    }

    @Test
    @Tag("process")
    void aProcessSubstitutionIsAFile() {
        CommandRun.started(folder, List.of("/bin/bash", "-c",
                shell("verify", "FD", Captures.WHOLE.toString()).replace("'FD'", "<(cat " + Captures.WHOLE + ")")))
                .exits(0);
    }

    @Test
    @Tag("process")
    void aTemporaryFolderThatTakesNothingIsNamed() {
        List<String> java = CommandRun.java(
                List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"), Main.class, "info", "-");
        String run = "'" + String.join("' '", java) + "' < " + Captures.WHOLE;
        CommandRun missing = CommandRun.started(folder, List.of("sh", "-c", "TMPDIR=/nowhere " + run)).exits(3);
        assertEquals(
                "sockreel: - cannot be stored for reading in the temporary folder /nowhere: there is no such folder;"
                        + " set TMPDIR to a folder with room\n",
                missing.saysOnly(1).err());
        CommandRun full = CommandRun.started(folder, List.of("sh", "-c",
                "ulimit -f 8; TMPDIR=" + folder + " " + run)).exits(3).saysOnly(1);
        assertTrue(full.err().contains("in the temporary folder " + folder + ": File too large; set TMPDIR"),
                full::toString);
    }
}
