package dev.sockreel.cli.demo;

import java.io.IOException;

/** The part of a role in the demo: what it does with sockets. */
@FunctionalInterface
interface Behaviour {
    /**
     * Opens the sockets and does it. Once this has returned, the process only holds the sockets.
     *
     * @param server  address to connect to, empty where there is none
     * @param context the line to the demo, and the place that keeps the sockets
     */
    void run(String server, RoleContext context) throws IOException, InterruptedException;
}
