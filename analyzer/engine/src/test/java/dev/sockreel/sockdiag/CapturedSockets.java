package dev.sockreel.sockdiag;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the sockets of a real capture's raw dumps, datagram by datagram. All captures are little-endian. */
final class CapturedSockets {
    /** The dumps of families that are in ss's text and in truth.jsonl, without cut and repeated ones. */
    static final List<String> WHOLE_DUMPS = List.of(
            "tcp4", "tcp6", "udp4", "udp6", "udplite4", "raw4", "raw6", "sctp4", "mptcp4", "mptcp6", "unix",
            "packet", "netlink", "vsock");

    record Message(ByteBuf buf, int offset, int length) {}

    static byte[] request(String capture, String dump) {
        return read(Capture.unpack(capture).resolve("raw/" + dump + ".req"));
    }

    static DumpRequest parsedRequest(String capture, String dump) {
        DumpRequest request = DumpRequest.parse(request(capture, dump), ByteOrder.LITTLE_ENDIAN);
        if (request == null) {
            throw new IllegalStateException(dump + ".req cannot be parsed");
        }
        return request;
    }

    /** Returns all messages of all datagrams, with DONE and ERROR. */
    static List<Message> messages(String capture, String dump) {
        Path folder = Capture.unpack(capture).resolve("raw");
        byte[] all = read(folder.resolve(dump + ".bin"));
        List<Message> messages = new ArrayList<>();
        String index = new String(read(folder.resolve("index.tsv")), StandardCharsets.UTF_8);
        for (String line : index.lines().toList()) {
            List<String> columns = List.of(line.split("\t", -1));
            if (columns.get(0).equals(dump)) {
                int from = Integer.parseInt(columns.get(2));
                byte[] datagram = Arrays.copyOfRange(all, from, from + Integer.parseInt(columns.get(3)));
                add(datagram, messages);
            }
        }
        return messages;
    }

    private static void add(byte[] datagram, List<Message> messages) {
        ByteBuf buf = Unpooled.wrappedBuffer(datagram);
        WireReader in = new WireReader(buf, datagram.length, ByteOrder.LITTLE_ENDIAN);
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        while (walk.next()) {
            messages.add(new Message(buf, walk.offset(), walk.length()));
        }
    }

    static List<DiagSocket> sockets(String capture, String dump) {
        SocketDecoder decoder = new SocketDecoder(parsedRequest(capture, dump), ByteOrder.LITTLE_ENDIAN);
        List<DiagSocket> sockets = new ArrayList<>();
        for (Message m : messages(capture, dump)) {
            DiagSocket s = decoder.at(m.buf, m.buf.capacity(), m.offset, m.length);
            if (s != null) {
                sockets.add(s.hold());
            }
        }
        return sockets;
    }

    /** Decodes a message built in a test. */
    static DiagSocket decode(DumpRequest request, ByteOrder order, byte[] message) {
        SocketDecoder decoder = new SocketDecoder(request, order);
        DiagSocket socket = decoder.at(Unpooled.wrappedBuffer(message), message.length, 0, message.length);
        if (socket == null) {
            throw new AssertionError("not decoded");
        }
        return socket;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CapturedSockets() {}
}
