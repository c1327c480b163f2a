package dev.sockreel.campaign.files;

import dev.sockreel.capture.PlainFile;
import dev.sockreel.capture.SeedCapture;
import dev.sockreel.cli.Main;
import dev.sockreel.cli.printing.Streams;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The captures that trials begin with. */
final class Originals {
    /** A live recording, a small file with most types of records, imports of one and of many dumps. */
    static final List<byte[]> REELS = reels();

    /** Those whose rows come from one dump each, so that a row does not change when another dump is lost. */
    static final List<byte[]> UNMERGED = REELS.subList(0, 3);

    private static List<byte[]> reels() {
        try {
            Path folder = Files.createTempDirectory("sockreel-originals-");
            try {
                Path raw = Capture.unpack(Capture.MODS).resolve("raw");
                return List.of(Files.readAllBytes(LiveCapture.reel(folder)), PlainFile.seal(SeedCapture.plain()),
                        imported(raw.resolve("tcp4.bin"), folder.resolve("dump.reel")),
                        imported(raw, folder.resolve("log.reel")));
            } finally {
                try (Stream<Path> all = Files.list(folder)) {
                    for (Path file : all.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] imported(Path source, Path out) throws IOException {
        Main.run(Streams.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream()), "import", source.toString(), "-o", out.toString());
        return Files.readAllBytes(out);
    }

    private Originals() {}
}
