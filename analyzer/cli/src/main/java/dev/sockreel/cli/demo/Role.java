package dev.sockreel.cli.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The roles of the demo, each played by a process of its own; a server comes before its clients. */
enum Role {
    READER(null, Behaviours::tcpReader, "reads nothing from its tcp connection"),
    WRITER(READER, Behaviours::writer, "writes to demo-reader until it hangs in write"),
    SLEEPER(null, Behaviours::tcpReader, "reads nothing from its tcp connection"),
    SENDER(SLEEPER, Behaviours::sender, "sent demo-sleeper 17 bytes and goes on"),
    LOGGER(null, Behaviours::unixReader, "reads nothing from its unix connection"),
    APP(LOGGER, Behaviours::sender, "sent demo-logger 17 bytes and goes on"),
    SERVER(null, Behaviours::server, "accepts nobody; its queue has room for two"),
    CALLER(SERVER, Behaviours::caller, "calls demo-server a third time, hangs in connect"),
    BACKEND(null, Behaviours::tcpReader, "reads nothing from its tcp connection"),
    PROXY(BACKEND, Behaviours::proxy, "passes data on to demo-backend, hangs in write"),
    UPLOADER(PROXY, Behaviours::writer, "writes to demo-proxy until it hangs in write");

    private final @Nullable Role server;
    private final Behaviour behaviour;
    private final String does;

    Role(@Nullable Role server, Behaviour behaviour, String does) {
        this.server = server;
        this.behaviour = behaviour;
        this.does = does;
    }

    /** Returns the role that this one connects to. */
    @Nullable
    Role server() {
        return server;
    }

    /** Returns whether others connect to this one, so that it has an address. */
    boolean listens() {
        for (Role role : values()) {
            if (role.server == this) {
                return true;
            }
        }
        return false;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** Returns what it does, for a person. */
    String does() {
        return does;
    }

    /** Returns the name of its process, within the 15 bytes that the kernel keeps. */
    String comm() {
        return "demo-" + name().toLowerCase(Locale.ROOT);
    }
}
