package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Captures for the tests of all commands, made once by {@code sockreel import}. */
public final class Captures {
    public static final Path FOLDER = folder();
    /** Five snapshots, nothing wrong with them; findings of every severity. */
    public static final Path WHOLE = imported(Capture.unpack(Capture.MODS).resolve("snap"), "whole.reel", 0);
    /** Truncated and failed dumps in its second and third snapshot. */
    public static final Path TRUNCATED = imported(Capture.unpack(Capture.MODS).resolve("raw"), "truncated.reel", 4);
    /** A capture from a kernel without modules: no family is available. */
    public static final Path UNAVAILABLE =
            imported(only(Capture.NOMODS, Set.of("tcp4", "tcp6", "udp4", "unix", "vsock")),
                    "unavailable.reel", 0);
    /** A capture in which only tcp is available. */
    public static final Path PARTIAL = imported(only(Capture.PARTIAL, Set.of("tcp4", "tcp6", "udp4", "unix", "vsock")),
            "partial.reel", 0);
    /** {@link #WHOLE} without its last fifth. */
    public static final Path CUT = changed("cut.reel", bytes -> Arrays.copyOf(bytes, bytes.length * 4 / 5));
    /** {@link #WHOLE} with one bit flipped in the last fifth. */
    public static final Path FLIPPED = changed("flipped.reel", bytes -> {
        bytes[bytes.length * 4 / 5] ^= 0x10;
        return bytes;
    });
    public static final Path TEXT = text();
    public static final Path MISSING = FOLDER.resolve("missing.reel");

    private interface Change {
        byte[] of(byte[] bytes);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("sockreel-cli-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            // A temporary folder is left over.
        }
    }

    public static Path imported(Path source, String name, int exit) {
        Path out = FOLDER.resolve(name);
        CommandRun.of(source, "import", "-o", out.toString()).exits(exit);
        return out;
    }

    /** Copies some of the dumps into a datagram log. */
    private static Path only(String capture, Set<String> dumps) {
        try {
            Path raw = Capture.unpack(capture).resolve("raw");
            Path log = Files.createDirectory(FOLDER.resolve(capture));
            try (Stream<Path> files = Files.list(raw)) {
                for (Path file : files.toList()) {
                    String name = requireNonNull(file.getFileName()).toString();
                    if (dumps.contains(name.replaceFirst("\\.[a-z]+$", ""))) {
                        Files.copy(file, log.resolve(name));
                    }
                }
            }
            List<String> lines = Files.readAllLines(raw.resolve("index.tsv"), StandardCharsets.UTF_8).stream()
                    .filter(l -> l.startsWith("#") || dumps.contains(l.replaceFirst("\t.*", "")))
                    .toList();
            Files.write(log.resolve("index.tsv"), lines);
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path changed(String name, Change change) {
        try {
            return Files.write(FOLDER.resolve(name), change.of(Files.readAllBytes(WHOLE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path text() {
        try {
            return Files.writeString(FOLDER.resolve("text.reel"), "State Recv-Q Send-Q\n".repeat(100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a capture of unix sockets with hostile names.
     *
     * @param names sun_path of each socket
     * @param comm  name of the process that holds the first
     * @param show  udiag_show of the request
     */
    static Path named(String reel, long show, String comm, byte[]... names) throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        Path log = Files.createDirectory(FOLDER.resolve(reel + "-log"));
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < names.length; i++) {
            UnixDiagMsgBuilder socket =
                    UnixDiagMsgBuilder.in(order).cookie(i + 1).inode(100 + i).name(names[i]).header(h -> h.seq(1));
            dump.add((show & 0x10) != 0 ? socket.rqlen(7, 0) : socket);
        }
        dump.add(NlmsgBuilder.done(order, 0).seq(1));
        Files.write(log.resolve("unix.req"), DiagRequest.unix(order, 0xffffffffL, 0, show, 0).toBytes());
        Files.write(log.resolve("unix.bin"), dump.toBytes());
        StringBuilder index = new StringBuilder();
        int recv = 0;
        int offset = 0;
        for (byte[] datagram : dump.datagrams(32768)) {
            index.append(
                    "unix\t%d\t%d\t%d\t0\t32768\t1800000000000000000\t\n".formatted(recv++, offset, datagram.length));
            offset += datagram.length;
        }
        Files.writeString(log.resolve("index.tsv"), index);
        Files.writeString(log.resolve("fdmap.tsv"), "7\t" + comm + "\t4\t100\n");
        return imported(log, reel, 0);
    }

    /** The bits UDIAG_SHOW_NAME, VFS, PEER, RQLEN, MEMINFO, UID. */
    static final long ALL_BUT_ICONS = 0x77;

    private Captures() {}
}
