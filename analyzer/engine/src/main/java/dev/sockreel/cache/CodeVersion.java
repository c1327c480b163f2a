package dev.sockreel.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Identifies the code that decodes and judges; a version number would not change from one build to the next. */
final class CodeVersion {
    private static final String OURS = "dev/sockreel/";

    /** Returns a digest of the checksums of all our classes: the same for the same code, wherever it is installed. */
    static String get() {
        try {
            MessageDigest digest = CacheKey.sha256();
            for (String line : lines()) {
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines() throws IOException {
        Path place = place();
        return Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
    }

    private static Path place() {
        CodeSource source = CodeVersion.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the program is no path: " + source.getLocation(), e);
        }
    }

    private static List<String> ofJar(Path jar) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            return in.stream()
                    .filter(e -> e.getName().startsWith(OURS))
                    .map(e -> e.getName() + " " + e.getSize() + " " + e.getCrc() + "\n")
                    .sorted()
                    .toList();
        }
    }

    /** Lists class files by size and time of modification; only developers run the classes from a folder. */
    private static List<String> ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f) + " " + f.toFile().length() + " " + f.toFile().lastModified() + "\n")
                    .sorted()
                    .toList();
        }
    }

    private CodeVersion() {}
}
