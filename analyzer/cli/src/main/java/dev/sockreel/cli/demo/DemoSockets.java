package dev.sockreel.cli.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Real sockets with known faults: a tcp and a unix reader that do not read, and a full accept queue. */
final class DemoSockets implements Closeable {
    private static final byte[] UNREAD_TCP = "nobody reads this".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNREAD_UNIX = "nor this".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 1;
    /** Clients: the kernel queues one more than the backlog, and the last one does not fit. */
    private static final int CONNECTS = BACKLOG + 2;

    private final Deque<Channel> open = new ArrayDeque<>();
    private final Path folder;
    private final Map<String, String> broken = new LinkedHashMap<>();

    private DemoSockets(Path folder) {
        this.folder = folder;
    }

    static DemoSockets make() throws IOException {
        DemoSockets made = new DemoSockets(Files.createTempDirectory("sockreel-demo"));
        try {
            made.tcpReader();
            made.unixReader();
            made.fullQueue();
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** Returns the name of each broken socket → its fault. */
    Map<String, String> broken() {
        return broken;
    }

    private static InetSocketAddress anyLoopbackPort() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    private <C extends Channel> C keep(C channel) {
        open.push(channel);
        return channel;
    }

    private void tcpReader() throws IOException {
        ServerSocketChannel listener = keep(ServerSocketChannel.open(StandardProtocolFamily.INET));
        listener.bind(anyLoopbackPort());
        SocketChannel writer = keep(SocketChannel.open(StandardProtocolFamily.INET));
        writer.connect(listener.getLocalAddress());
        SocketChannel reader = keep(listener.accept());
        write(writer, UNREAD_TCP);
        broken.put(text(reader.getLocalAddress()) + " <- " + text(writer.getLocalAddress()),
                "a tcp reader that does not read its " + UNREAD_TCP.length + " bytes");
    }

    private void unixReader() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("reader.sock"));
        ServerSocketChannel listener = keep(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(address);
        SocketChannel writer = keep(SocketChannel.open(address));
        keep(listener.accept());
        write(writer, UNREAD_UNIX);
        broken.put(address.getPath().toString(),
                "a unix reader that does not read its " + UNREAD_UNIX.length + " bytes");
    }

    private void fullQueue() throws IOException {
        ServerSocketChannel listener = keep(ServerSocketChannel.open(StandardProtocolFamily.INET));
        listener.bind(anyLoopbackPort(), BACKLOG);
        for (int i = 0; i < CONNECTS; i++) {
            SocketChannel client = keep(SocketChannel.open(StandardProtocolFamily.INET));
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
        }
        broken.put(text(listener.getLocalAddress()),
                "a listener with backlog " + BACKLOG + " that never accepts its " + CONNECTS + " clients");
    }

    private static String text(java.net.SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        return inet.getAddress().getHostAddress() + ":" + inet.getPort();
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        Files.deleteIfExists(folder.resolve("reader.sock"));
        Files.deleteIfExists(folder);
        if (first != null) {
            throw first;
        }
    }
}
