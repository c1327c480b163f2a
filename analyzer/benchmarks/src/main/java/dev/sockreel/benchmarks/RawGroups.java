package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.ReelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/** Damages capture files, group by group. */
final class RawGroups {
    private static final int HEADER_BYTES = 64;
    private static final int RECORD_HEADER_BYTES = 12;
    private static final int MAGIC = 0x184D2A5A;

    /** Changes a group's bytes. */
    interface Edit {
        /** @param at offset of the group's header in {@code bytes} */
        void group(byte[] bytes, int at, int number);
    }

    /** Edits every group in place. */
    static void edit(Path file, Edit edit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int number = 0;
        for (int at = 0; isGroup(bytes, at);) {
            int next = next(bytes, at);
            edit.group(bytes, at, number++);
            at = next;
        }
        Files.write(file, bytes);
    }

    /** Removes groups by their number. */
    static void remove(Path file, IntPredicate which) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        for (int number = 0; isGroup(bytes, at); number++) {
            int next = next(bytes, at);
            if (!which.test(number)) {
                kept.write(bytes, at, next - at);
            }
            at = next;
        }
        kept.write(bytes, at, bytes.length - at);
        Files.write(file, kept.toByteArray());
    }

    /** Inserts bytes before a group. */
    static void insert(Path file, int group, byte[] junk) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int number = 0; number < group; number++) {
            at = next(bytes, at);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + junk.length);
        all.write(bytes, 0, at);
        all.write(junk, 0, junk.length);
        all.write(bytes, at, bytes.length - at);
        Files.write(file, all.toByteArray());
    }

    /** Flips a bit in the checksum of every second record from group 2 on; checksums of groups stay right. */
    static void spoilRecords(Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ReelFile.Group group : ReelFile.parse(Files.readAllBytes(file)).groups()) {
            byte[] content = group.content();
            boolean spoil = false;
            for (int at = 0; at < content.length && group.number() >= 2; at += RECORD_HEADER_BYTES + u32(content, at)) {
                content[at + 8] ^= (byte) (spoil ? 1 : 0);
                spoil = !spoil;
            }
            all.write(group.toBytes(content));
        }
        Files.write(file, all.toByteArray());
    }

    private static boolean isGroup(byte[] bytes, int at) {
        return at + HEADER_BYTES <= bytes.length && u32(bytes, at) == MAGIC;
    }

    private static int next(byte[] bytes, int at) {
        return at + HEADER_BYTES + u32(bytes, at + 28);
    }

    private static int u32(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private RawGroups() {}
}
