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
    /** A live recording, an import of many families, and a small file with most types of records. */
    static final List<byte[]> REELS = reels();

    private static List<byte[]> reels() {
        try {
            Path folder = Files.createTempDirectory("sockreel-originals-");
            try {
                Path imported = folder.resolve("imported.reel");
                String source = Capture.unpack(Capture.MODS).resolve("raw").toString();
                Main.run(Streams.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream()), "import", source, "-o", imported.toString());
                return List.of(Files.readAllBytes(LiveCapture.reel(folder)), Files.readAllBytes(imported),
                        PlainFile.seal(SeedCapture.plain()));
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

    private Originals() {}
}
