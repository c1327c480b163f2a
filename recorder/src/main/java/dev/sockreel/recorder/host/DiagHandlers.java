package dev.sockreel.recorder.host;

import dev.sockreel.nlmsg.Family;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's sock_diag handlers, found without sending a request (which could load modules).
 *
 * <p>A handler is loaded when /proc/modules or /lib/modules/RELEASE/modules.builtin lists its module, or when
 * /proc/kallsyms lists its dump function. It is loadable when modules.dep lists its module. A kernel without modules
 * has no /proc/modules; there, a handler that kallsyms does not list is missing.
 */
public final class DiagHandlers {
    /** The state of a handler. */
    public enum State {
        LOADED,
        LOADABLE,
        MISSING,
        /** Not loaded, and /lib/modules, which would show whether it is loadable, is absent (as in a container). */
        UNKNOWN
    }

    /**
     * A handler's state and how it is known.
     *
     * @param state       the state
     * @param evidence    the file that shows the state
     * @param fixedKernel true if the kernel loads no modules, so that a missing handler stays missing
     */
    public record Known(State state, String evidence, boolean fixedKernel) {
        Known(State state, String evidence) {
            this(state, evidence, false);
        }
    }

    private final @Nullable Set<String> modules;
    private final @Nullable Set<String> builtin;
    private final @Nullable Set<String> loadable;
    private final @Nullable Set<String> symbols;

    /** Creates a lookup from the names in each file; a set is null where its file cannot be read. */
    public DiagHandlers(
            @Nullable Set<String> modules,
            @Nullable Set<String> builtin,
            @Nullable Set<String> loadable,
            @Nullable Set<String> symbols) {
        this.modules = modules;
        this.builtin = builtin;
        this.loadable = loadable;
        this.symbols = symbols;
    }

    public static DiagHandlers ofThisHost() {
        return ofThisHost(kallsyms(Path.of("/proc/kallsyms")));
    }

    /** Returns handlers for families that the kernel has just refused; spares reading /proc/kallsyms. */
    public static DiagHandlers denied() {
        return ofThisHost(Set.of());
    }

    private static DiagHandlers ofThisHost(@Nullable Set<String> symbols) {
        String release = new ProcFiles().read("/proc/sys/kernel/osrelease").string().strip();
        Path folder = Path.of("/lib/modules", release.isEmpty() ? "none" : release);
        return new DiagHandlers(
                firstWords(Path.of("/proc/modules")),
                moduleNames(folder.resolve("modules.builtin")),
                moduleNames(folder.resolve("modules.dep")),
                symbols);
    }

    public Known known(Family family) {
        String module = family.module().name();
        if (modules != null && modules.contains(module)) {
            return new Known(State.LOADED, "/proc/modules: " + module);
        }
        if (symbols != null && symbols.contains(family.module().symbol())) {
            return new Known(State.LOADED, "/proc/kallsyms: " + family.module().symbol());
        }
        if (builtin != null && builtin.contains(module)) {
            return new Known(State.LOADED, "modules.builtin: " + module);
        }
        if (modules == null) {
            return symbols == null
                    ? new Known(State.UNKNOWN, "no /proc/modules, no /proc/kallsyms")
                    : new Known(State.MISSING, "not built in, kernel without modules", true);
        }
        if (loadable == null) {
            return new Known(State.UNKNOWN, "not loaded, no readable modules.dep");
        }
        return loadable.contains(module)
                ? new Known(State.LOADABLE, "modules.dep: " + module)
                : new Known(State.MISSING, "neither loaded nor in modules.dep");
    }

    static boolean isDiagModule(String name) {
        return name.equals("inet_diag")
                || Family.all().stream().anyMatch(r -> r.module().name().equals(name));
    }

    private static @Nullable Set<String> firstWords(Path file) {
        Set<String> out = new HashSet<>();
        return lines(file, line -> out.add(line.split(" ", 2)[0])) ? out : null;
    }

    /** Parses modules.builtin ("kernel/net/ipv4/tcp_diag.ko") or modules.dep (the same, then ": …"; .ko.xz is fine). */
    private static @Nullable Set<String> moduleNames(Path file) {
        Set<String> out = new HashSet<>();
        return lines(file, line -> {
            int end = line.indexOf(".ko");
            if (end > 0) {
                out.add(line.substring(line.lastIndexOf('/', end) + 1, end).replace('-', '_'));
            }
        }) ? out : null;
    }

    /** Reads only the functions of the table: the file lists a hundred thousand others. */
    private static @Nullable Set<String> kallsyms(Path file) {
        Map<String, Boolean> wanted = new HashMap<>();
        Family.all().forEach(r -> wanted.put(r.module().symbol(), false));
        boolean read = lines(file, line -> {
            int end = line.indexOf('\t');
            String name = line.substring(line.lastIndexOf(' ', end < 0 ? line.length() : end) + 1,
                    end < 0 ? line.length() : end);
            wanted.computeIfPresent(name, (k, v) -> true);
        });
        if (!read) {
            return null;
        }
        wanted.values().removeIf(seen -> !seen);
        return wanted.keySet();
    }

    private interface Line {
        void take(String line);
    }

    private static boolean lines(Path file, Line each) {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            boolean any = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                each.take(line);
                any = true;
            }
            return any || !file.endsWith("kallsyms");
        } catch (IOException e) {
            return false;
        }
    }
}
