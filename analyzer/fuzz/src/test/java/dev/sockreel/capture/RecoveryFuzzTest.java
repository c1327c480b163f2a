package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.fuzz.CaptureCheck;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Scratch;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes recovery: a damaged capture becomes a whole one that invents nothing. */
class RecoveryFuzzTest {
    static Stream<byte[]> damages() {
        byte[] plain = SeedCapture.plain();
        return Stream.of(
                Parts.steered(plain, 0, 0, 0), Parts.steered(plain, 0x40, 0, 100), Parts.steered(plain, 0x50, 1, 0xff),
                Parts.steered(plain, 0xc0, 0, 1));
    }

    /** Damages a sealed file: two bytes choose the place in it, the third the bits to flip (0: cut it there). */
    @MethodSource("damages")
    @FuzzTest
    void recover(byte[] input) throws IOException {
        if (input.length < 3) {
            return;
        }
        byte[] sealed = PlainFile.seal(Arrays.copyOfRange(input, 3, input.length));
        int at = (int) ((long) sealed.length * (((input[0] & 0xff) << 8) | (input[1] & 0xff)) >> 16);
        Set<String> before = new HashSet<>(ReadingCheck.read(Scratch.file("sealed.reel", sealed)));
        for (byte[] group : PlainFile.groups(sealed)) {
            before.addAll(ReadingCheck.read(Scratch.file("group.reel", group))); // copies may replace lost ones
        }
        Path from = Scratch.file("damaged.reel", damaged(sealed, at, input[2]));
        Path to = Scratch.absent("recovered.reel");
        List<Loss> losses = new ArrayList<>();
        CaptureRecovery.Result result;
        try {
            result = CaptureRecovery.run(from, to, losses::add);
        } catch (NotACaptureException e) {
            OneLine.check(e.getMessage());
            return;
        }
        List<String> after = ReadingCheck.readWhole(to);
        for (String record : after) {
            assertTrue(before.contains(record) || isMade(record), () -> "not of the file: " + record);
        }
        assertEquals(result.lost(), losses.stream().anyMatch(Loss::loses));
        assertFalse(result.whole() && !losses.isEmpty(), () -> "a whole file that lost " + losses);
        CaptureCheck.read(to, s -> {});
    }

    private static byte[] damaged(byte[] sealed, int at, byte bits) {
        if (sealed.length == 0) {
            return sealed;
        }
        byte[] damaged = bits == 0 && at > 0 ? Arrays.copyOf(sealed, at) : sealed;
        damaged[Math.min(at, damaged.length - 1)] ^= bits;
        return damaged;
    }

    /** Returns true for records that recovery adds: headers, close records, begins of snapshots, notes of losses. */
    private static boolean isMade(String record) throws IOException {
        int blank = record.indexOf(' ');
        CaptureRecord made = RecordTypes.decode(Integer.parseInt(record.substring(0, blank)),
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(record.substring(blank + 1))));
        return made instanceof CaptureHeader || made instanceof CaptureClose
                || (made instanceof SnapshotBegin begin && !begin.time().isKnown())
                || (made instanceof RecorderNote note && note.kind() == RecorderNote.Kind.LOST_BEFORE_RECOVERY);
    }
}
