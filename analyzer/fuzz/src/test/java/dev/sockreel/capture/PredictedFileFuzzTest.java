package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;
import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Scratch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes predicted snapshots: a whole file of them with right checksums, its blocks included, is read and recovered.
 */
class PredictedFileFuzzTest {
    private static final long LIMIT_BYTES = 1 << 24;

    static Stream<byte[]> files() {
        byte[] steps = plain(new KeyPolicy(100, 100));
        return Stream.of(steps, plain(new KeyPolicy(100, 1)), Arrays.copyOf(steps, steps.length - 200));
    }

    @MethodSource("files")
    @FuzzTest
    void file(byte[] input) throws IOException {
        Path from = Scratch.file("predicted.reel", PlainFile.seal(input));
        ReadingCheck.read(from);
        Path to = Scratch.absent("recovered.reel");
        try {
            CaptureRecovery.run(from, to, loss -> {});
        } catch (NotACaptureException e) {
            OneLine.check(e.getMessage());
            return;
        }
        try (CaptureReader in = CaptureReader.open(to)) {
            while (in.next() != null) {
                // what contradicts itself was copied as it was; all of it can be read
            }
            assertTrue(in.ending() == CaptureReader.Ending.CLOSED, "it is closed");
            assertTrue(in.damages().stream()
                    .allMatch(d -> d.kind() == Damage.Kind.CONTRADICTION || d.kind() == Damage.Kind.LIMIT),
                    () -> in.damages().toString());
        }
    }

    /** Reads the same file as views: whatever is in it. */
    @MethodSource("files")
    @FuzzTest
    void views(byte[] input) throws IOException {
        try (CaptureReader in = CaptureReader.openWithViews(Scratch.file("views.reel", PlainFile.seal(input)))) {
            while (in.next() != null) {
                // it ends
            }
        } catch (NotACaptureException e) {
            OneLine.check(e.getMessage());
        }
    }

    /** Returns a capture whose second snapshot is predicted, in the form that the fuzzer changes. */
    private static byte[] plain(KeyPolicy policy) {
        try {
            return unsealed(write(policy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(KeyPolicy policy) throws IOException {
        Path source = Scratch.file("seed.reel", PlainFile.seal(SeedCapture.plain()));
        Path path = Scratch.absent("seed-predicted.reel");
        try (CaptureReader in = CaptureReader.open(source)) {
            CaptureHeader header = (CaptureHeader) in.next();
            if (header == null) {
                throw new AssertionError("the seed has no header");
            }
            try (ChainWriter out = new ChainWriter(
                    CaptureWriter.create(path, header), ByteOrder.LITTLE_ENDIAN, LIMIT_BYTES, policy)) {
                for (CaptureRecord record = in.next(); record != null; record = in.next()) {
                    if (!(record instanceof CaptureClose)) {
                        out.write(record);
                    }
                }
                out.finish();
            }
        }
        return path;
    }

    private static byte[] unsealed(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        try (CaptureReader in = CaptureReader.open(path)) {
            for (GroupEntry group : in.groups()) {
                at = (int) group.offset();
                ByteBuf head = Unpooled.wrappedBuffer(bytes, at, GroupHeader.BYTES);
                GroupHeader h = GroupHeader.decode(head.slice());
                out.write(bytes, at, GroupHeader.BYTES);
                at += GroupHeader.BYTES;
                out.writeBytes(Zstd.decompress(Arrays.copyOfRange(bytes, at, at + h.compressedBytes()),
                        h.uncompressedBytes()));
                at += h.compressedBytes();
            }
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
