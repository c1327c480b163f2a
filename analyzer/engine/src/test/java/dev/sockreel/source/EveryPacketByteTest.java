package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.dump.Dump;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts and flips every byte of a small pcap and pcapng: each import ends, and no cut is a clean end. */
class EveryPacketByteTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final NetlinkTalk SS = new NetlinkTalk(LITTLE, 1);
    private static final List<byte[]> PACKETS = Stream.of(
            SS.askUnix(), SS.unixSockets(100, 1, 2), SS.done(100))
            .map(m -> PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, m)).toList();

    @TempDir
    private Path folder;

    static Stream<byte[]> files() {
        PcapBuilder pcap = new PcapBuilder(LITTLE);
        PcapngBuilder pcapng = new PcapngBuilder(LITTLE);
        pcapng.networkInterface(253, 0, pcapng.options().add(9, new byte[] {9}).comment("a comment"));
        for (byte[] packet : PACKETS) {
            pcap.packet(1_795_344_000_000_000_000L, packet);
            pcapng.enhanced(0, 1_795_344_000_000_000_000L, packet, packet.length, pcapng.options().comment("another"));
        }
        return Stream.of(pcap.toBytes(), pcapng.toBytes());
    }

    /** Imports a file; returns null when it was refused with a sentence. */
    private @Nullable ImportedCapture imported(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("packets"), bytes);
        try {
            ImportedCapture capture = ImportedCapture.of(file);
            assertEquals(CaptureReader.Ending.CLOSED, capture.ending());
            assertEquals(0, capture.damages());
            Files.delete(capture.reel());
            return capture;
        } catch (SourceException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith(file.toString()) && !message.contains("\n"), message);
            return null;
        }
    }

    private static boolean isWhole(@Nullable ImportedCapture capture) {
        return capture != null && capture.report().damages().isEmpty() && !capture.dumps().isEmpty()
                && capture.dumps().stream().allMatch(Dump::isComplete);
    }

    @ParameterizedTest
    @MethodSource("files")
    void noCutIsACleanEnd(byte[] whole) throws IOException {
        assertTrue(isWhole(imported(whole)));
        for (int length = 0; length < whole.length; length++) {
            ImportedCapture capture = imported(Arrays.copyOf(whole, length));
            int cut = length;
            assertFalse(isWhole(capture), () -> "cut at " + cut + ": called whole");
        }
    }

    /** Flips one bit and all bits of every byte: the import ends with a sentence or a whole capture. */
    @ParameterizedTest
    @MethodSource("files")
    void everyFlippedByteComesToAnEnd(byte[] whole) throws IOException {
        int reported = 0;
        for (int i = 0; i < 2 * whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i / 2] ^= (byte) (i % 2 == 0 ? 0xff : 1 << i / 2 % 8);
            ImportedCapture capture = imported(flipped);
            reported += !isWhole(capture) ? 1 : 0;
        }
        assertTrue(reported > whole.length / 2, reported + " of " + 2 * whole.length + " flips were reported");
    }
}
