package dev.sockreel.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.fixtures.Capture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads small pieces of the real captures, all little-endian. */
public final class Seeds {
    /** The number of messages per dump, enough for every shape of socket in the captures. */
    private static final int MAX_SHAPES = 10;

    /** Returns the request of a dump: tcp4, unix, … */
    public static byte[] request(String name) {
        return read("raw/" + name + ".req");
    }

    /** Returns a message of each shape in the dump, without DONE. Same length and first bytes mean same shape. */
    public static List<byte[]> messages(String name) {
        List<byte[]> found = new ArrayList<>();
        Set<String> shapes = new HashSet<>();
        ByteBuffer all = ByteBuffer.wrap(read("raw/" + name + ".bin")).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 20 <= all.limit();) {
            int length = all.getInt(at);
            byte[] message = Arrays.copyOfRange(all.array(), at, Math.min(all.limit(), at + length));
            boolean isSocket = all.getShort(at + 4) != 3;
            if (isSocket && found.size() < MAX_SHAPES && shapes.add(length + " " + all.getShort(at + 16))) {
                found.add(message);
            }
            at += Math.max(16, length + 3 & ~3);
        }
        return found;
    }

    /** Returns the dump as one datagram with at most that many of its sockets, and its NLMSG_DONE. */
    public static byte[] dump(String name, int sockets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages(name).stream().limit(sockets).forEach(out::writeBytes);
        byte[] all = read("raw/" + name + ".bin");
        out.writeBytes(Arrays.copyOfRange(all, all.length - 20, all.length));
        return out.toByteArray();
    }

    /** Returns the first lines of a copy of /proc/net/NAME. */
    public static byte[] procText(String name, int lines) {
        return head("proc-after/" + name, lines);
    }

    /** Returns the first lines of a datagram-log's file of descriptors. */
    public static byte[] fdMap(int lines) {
        return head("fdmap.tsv", lines);
    }

    private static byte[] head(String file, int lines) {
        String text = new String(read(file), UTF_8);
        return text.lines().limit(lines).collect(Collectors.joining("\n", "", "\n")).getBytes(UTF_8);
    }

    private static byte[] read(String file) {
        Path path = Capture.unpack(Capture.MODS).resolve(file);
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the contents with steering bytes for both byte orders. */
    public static Stream<byte[]> steered(List<byte[]> contents, int... steering) {
        return contents.stream().map(c -> Parts.steered(c, steering));
    }

    private Seeds() {}
}
