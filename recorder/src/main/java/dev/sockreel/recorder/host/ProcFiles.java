package dev.sockreel.recorder.host;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.Syscalls;
import dev.sockreel.recorder.spool.Spool;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Reads files under /proc, reports errno, and puts their text into the capture verbatim. Not thread-safe.
 *
 * <p>/proc/net shows the namespace of the process's first thread; the calling thread's is /proc/thread-self/net. The
 * record carries the usual name, /proc/net/NAME, and the number of its namespace.
 */
public final class ProcFiles {
    /** The size of a part of text. Small, because parts wait on the heap to be written. */
    static final int PART_BYTES = 64 * 1024;

    private final MemorySegment buffer = Arena.ofAuto().allocate(PART_BYTES);

    /** The content of a file; {@code errno} is 0, or why there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Text(byte[] bytes, int errno) {
        public String string() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Reads a whole file; what was read before an error is dropped. */
    public Text read(String path) {
        int fd = Syscalls.open(path);
        if (fd < 0) {
            return new Text(new byte[0], -fd);
        }
        try {
            int got = fill(fd);
            if (got < 0) {
                return new Text(new byte[0], -got);
            }
            byte[] first = bytes(got);
            if (got < PART_BYTES) {
                return new Text(first, 0);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream(4 * PART_BYTES);
            all.writeBytes(first);
            while (got == PART_BYTES) {
                got = fill(fd);
                all.writeBytes(bytes(got));
            }
            return got < 0 ? new Text(new byte[0], -got) : new Text(all.toByteArray(), 0);
        } finally {
            Syscalls.close(fd);
        }
    }

    /** Reads at most the first {@code maxBytes} of a file, up to {@link #PART_BYTES}. */
    public Text readFirst(String path, int maxBytes) {
        int fd = Syscalls.open(path);
        if (fd < 0) {
            return new Text(new byte[0], -fd);
        }
        try {
            int got = fill(fd, maxBytes);
            return got < 0 ? new Text(new byte[0], -got) : new Text(bytes(got), 0);
        } finally {
            Syscalls.close(fd);
        }
    }

    private int fill(int fd) {
        return fill(fd, PART_BYTES);
    }

    /**
     * Reads until {@code maxBytes} are there or the file ends (/proc returns a page per call); returns bytes, or
     * -errno.
     */
    private int fill(int fd, int maxBytes) {
        int filled = 0;
        while (filled < maxBytes) {
            int got = Syscalls.read(fd, buffer.asSlice(filled, maxBytes - filled));
            if (got < 0) {
                return got;
            }
            if (got == 0) {
                break;
            }
            filled += got;
        }
        return filled;
    }

    private byte[] bytes(int length) {
        return length <= 0 ? new byte[0] : buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Reads /proc/net/NAME of the calling thread's namespace. */
    public Text readNet(String name) {
        return read(netPath(name));
    }

    private static String netPath(String name) {
        return "/proc/thread-self/net/" + name;
    }

    /** Puts a text that was read before into the spool. */
    public static void put(Spool spool, int snapshot, int netns, String path, ProcText.When when, Text text)
            throws InterruptedException {
        ReceiveTime time = HostClock.now();
        int part = 0;
        int at = 0;
        do {
            int length = Math.min(PART_BYTES, text.bytes().length - at);
            boolean last = at + length == text.bytes().length;
            spool.put(new ProcText(
                    snapshot, netns, path, when, text.errno(), part++, last, time,
                    Unpooled.wrappedBuffer(text.bytes(), at, length)));
            at += length;
        } while (at < text.bytes().length);
    }

    /** Reads /proc/net/NAME part by part into the spool: with many sockets it is large. */
    public void copyNet(Spool spool, int snapshot, int netns, String name, ProcText.When when)
            throws InterruptedException {
        String path = "/proc/net/" + name;
        int fd = Syscalls.open(netPath(name));
        if (fd < 0) {
            put(spool, snapshot, netns, path, when, new Text(new byte[0], -fd));
            return;
        }
        try {
            int part = 0;
            int got;
            do {
                got = fill(fd);
                spool.put(new ProcText(
                        snapshot, netns, path, when, Math.max(0, -got), part++, got < PART_BYTES, HostClock.now(),
                        Unpooled.wrappedBuffer(bytes(got))));
            } while (got == PART_BYTES);
        } finally {
            Syscalls.close(fd);
        }
    }
}
