package dev.sockreel.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the demo's processes. Each plays one role until its standard input ends, which it does however the
 * demo ends.
 */
final class RoleMain {
    private static final Path COMM = Path.of("/proc/self/comm");

    /** @param args the {@link Role} */
    public static void main(String[] args) throws IOException {
        Role role = Role.valueOf(args[0]);
        RoleContext context = new RoleContext(System.out);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable String server = role.server() == null ? "" : in.readLine();
        if (server != null) {
            // a platform thread: a virtual one would wait in the JVM, not in a call on its socket
            Thread.ofPlatform().daemon().start(() -> play(role, server, context));
            awaitEnd(in);
        }
        System.exit(0);
    }

    private static void play(Role role, String server, RoleContext context) {
        try {
            Files.writeString(COMM, role.comm()); // of the process, whichever thread writes it
            role.behaviour().run(server, context);
        } catch (IOException | InterruptedException | RuntimeException e) {
            context.failed(e);
            System.exit(1);
        }
    }

    private static void awaitEnd(BufferedReader in) throws IOException {
        while (in.readLine() != null) {
            // nothing more is said to it
        }
    }

    private RoleMain() {}
}
