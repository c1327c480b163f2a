package dev.sockreel.cli.demo;

import java.io.PrintStream;
import java.nio.channels.Channel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The line from a role to the demo, and the sockets that it holds to its end. */
final class RoleContext {
    /** Announces the address that others may connect to; the rest of the line. */
    static final String ADDRESS = "address ";
    /** Announces that the role does what it is there for. */
    static final String READY = "ready";
    /** Announces why it cannot; the rest of the line. */
    static final String FAILED = "failed ";

    private final PrintStream out;
    private final Queue<Channel> open = new ConcurrentLinkedQueue<>();

    RoleContext(PrintStream out) {
        this.out = out;
    }

    <C extends Channel> C keep(C channel) {
        open.add(channel);
        return channel;
    }

    void address(String address) {
        say(ADDRESS + address);
    }

    void ready() {
        say(READY);
    }

    void failed(Exception e) {
        say(FAILED + (e.getMessage() == null ? e.toString() : e.getMessage()));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
