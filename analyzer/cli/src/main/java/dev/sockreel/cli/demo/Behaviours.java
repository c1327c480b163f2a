package dev.sockreel.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The behaviours of the roles. All use blocking channels, so that a thread that waits hangs in a call on its socket. */
final class Behaviours {
    private static final byte[] FEW_BYTES = "nobody reads this".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int BACKLOG = 1;
    /** Clients that the kernel queues: one more than the backlog. */
    private static final int QUEUED = BACKLOG + 1;

    static void tcpReader(String none, RoleContext context) throws IOException {
        context.keep(listener(context).accept());
        context.ready();
    }

    static void unixReader(String none, RoleContext context) throws IOException {
        Path folder = Files.createTempDirectory("sockreel-demo");
        folder.toFile().deleteOnExit();
        Path path = folder.resolve("reader.sock");
        path.toFile().deleteOnExit(); // before its folder
        ServerSocketChannel listener = context.keep(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(UnixDomainSocketAddress.of(path));
        context.address(path.toString());
        context.keep(listener.accept());
        context.ready();
    }

    static void server(String none, RoleContext context) throws IOException {
        listener(context);
        context.ready();
    }

    static void sender(String server, RoleContext context) throws IOException {
        write(connection(server, context), ByteBuffer.wrap(FEW_BYTES));
        context.ready();
    }

    static void caller(String server, RoleContext context) throws IOException, InterruptedException {
        for (int i = 0; i < QUEUED; i++) {
            connection(server, context);
        }
        new Stall(progress -> {
            connection(server, context);
            throw new IOException("a full accept queue took one more connection");
        }).await();
        context.ready();
    }

    static void writer(String server, RoleContext context) throws IOException, InterruptedException {
        SocketChannel connection = connection(server, context);
        new Stall(progress -> {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            while (true) {
                write(connection, chunk.clear());
                progress.run();
            }
        }).await();
        context.ready();
    }

    static void proxy(String backend, RoleContext context) throws IOException {
        SocketChannel to = connection(backend, context);
        SocketChannel from = context.keep(listener(context).accept());
        context.ready();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (from.read(chunk.clear()) >= 0) {
            write(to, chunk.flip());
        }
    }

    private static ServerSocketChannel listener(RoleContext context) throws IOException {
        ServerSocketChannel listener = context.keep(ServerSocketChannel.open(StandardProtocolFamily.INET));
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        context.address(address.getAddress().getHostAddress() + ":" + address.getPort());
        return listener;
    }

    private static SocketChannel connection(String server, RoleContext context) throws IOException {
        SocketAddress address = address(server);
        SocketChannel connection = context.keep(address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open(StandardProtocolFamily.INET));
        connection.connect(address);
        return connection;
    }

    private static SocketAddress address(String text) {
        if (text.startsWith("/")) {
            return UnixDomainSocketAddress.of(text);
        }
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                InetAddress.ofLiteral(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private Behaviours() {}
}
