package dev.sockreel.cli.demo;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** The processes of the demo, one for each {@link Role}. */
final class RoleProcesses implements AutoCloseable {
    private final Map<Role, RoleProcess> processes = new EnumMap<>(Role.class);
    private final Map<Role, String> addresses = new EnumMap<>(Role.class);

    private RoleProcesses() {}

    /** Starts the processes and waits until each does what its role says. */
    static RoleProcesses start() throws IOException {
        RoleProcesses all = new RoleProcesses();
        boolean ready = false;
        try {
            all.enter();
            ready = true;
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the demo was interrupted", e);
        } finally {
            if (!ready) {
                all.close();
            }
        }
    }

    private void enter() throws IOException, InterruptedException {
        for (Role role : Role.values()) {
            processes.put(role, RoleProcess.start(role));
        }
        for (Role role : Role.values()) {
            RoleProcess process = process(role);
            Role server = role.server();
            if (server != null) {
                process.say(addresses.getOrDefault(server, ""));
            }
            if (role.listens()) {
                addresses.put(role, process.await(RoleContext.ADDRESS));
            }
        }
        for (Role role : Role.values()) {
            process(role).await(RoleContext.READY);
        }
    }

    private RoleProcess process(Role role) {
        RoleProcess process = processes.get(role);
        if (process == null) {
            throw new IllegalStateException(role.comm() + " was not started");
        }
        return process;
    }

    int pid(Role role) {
        return process(role).pid();
    }

    /** Returns whether a process plays a role. */
    boolean has(int pid) {
        return processes.values().stream().anyMatch(p -> p.pid() == pid);
    }

    /** Ends the processes. */
    @Override
    public void close() {
        processes.values().forEach(RoleProcess::end);
        processes.values().forEach(RoleProcess::awaitEnd);
    }
}
