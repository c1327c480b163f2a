package dev.sockreel.zstd;

import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Saves what stands before the damage of a frame. The library returns nothing of a frame that it cannot decompress to
 * its end, so frames of the first blocks are made of it, which are decompressed as far as that succeeds: a block needs
 * only those before it.
 */
final class DamagedFrame {
    /** A header that states neither a content size nor a checksum, and a window of {@link ZstdFrame#MAX_WINDOW_BYTES}. */
    private static final byte[] HEADER = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 13 << 3};

    private final byte[] frame;
    private final byte[] out;
    private final int from;
    /** The offsets of the blocks' headers. */
    private final List<Integer> blocks = new ArrayList<>();
    /** The end of the last whole block. */
    private int end;

    /** @param end where the frame ends */
    DamagedFrame(byte[] frame, int end, byte[] out) {
        this.frame = frame;
        this.out = out;
        this.from = end > Blocks.DESCRIPTOR_AT ? ZstdFrame.headerBytes(frame) : end;
        this.end = from;
        boolean last = false;
        while (!last && this.end + Blocks.HEADER_BYTES <= end) {
            int header = Blocks.header(frame, this.end);
            int next = this.end + Blocks.HEADER_BYTES + Blocks.bodyBytes(header);
            last = Blocks.isLast(header) || Blocks.isReserved(header) || next > end;
            if (next <= end) {
                blocks.add(this.end);
                this.end = next;
            }
        }
    }

    /** Decompresses as many blocks as can be; returns the number of bytes. */
    int save() {
        int good = 0;
        int bad = blocks.size() + 1;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (decompress(middle) >= 0) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good == 0 ? 0 : decompress(good); // again: a failed try may have written to the array
    }

    /** Decompresses the first blocks; -1 when they are damaged. */
    private int decompress(int count) {
        int to = count < blocks.size() ? blocks.get(count) : end;
        byte[] part = Arrays.copyOf(HEADER, HEADER.length + to - from);
        System.arraycopy(frame, from, part, HEADER.length, to - from);
        for (int i = 0; i < count; i++) {
            int at = HEADER.length + blocks.get(i) - from;
            part[at] = (byte) (part[at] & ~1 | (i == count - 1 ? 1 : 0));
        }
        try {
            return new ZstdJavaDecompressor().decompress(part, 0, part.length, out, 0, out.length);
        } catch (RuntimeException e) {
            return -1; // damaged, as the caller knows
        }
    }
}
