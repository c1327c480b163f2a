package dev.sockreel.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Builds a tar archive, compressed or not. */
final class SosTar implements AutoCloseable {
    private final Path file;
    private final TarArchiveOutputStream tar;

    private SosTar(Path file, OutputStream out) {
        this.file = file;
        this.tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    /** @param compressor a name of CompressorStreamFactory; empty for none */
    static SosTar create(Path file, String compressor) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        try {
            return new SosTar(file, compressor.isEmpty()
                    ? out : new CompressorStreamFactory().createCompressorOutputStream(compressor, out));
        } catch (CompressorException e) {
            out.close();
            throw new IOException(e);
        }
    }

    SosTar file(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
    }

    SosTar file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** @param flag type of entry from TarConstants: a link, a device, a pipe */
    SosTar special(String name, byte flag, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, flag, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    /** Adds every file of a folder, one level deep, under a prefix. */
    SosTar folder(String prefix, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path f : files.filter(Files::isRegularFile).sorted().toList()) {
                file(prefix + "/" + f.getFileName(), Files.readAllBytes(f));
            }
        }
        return this;
    }

    SosTar symlink(String name, String target) throws IOException {
        return special(name, TarConstants.LF_SYMLINK, target);
    }

    Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
