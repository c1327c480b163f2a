package dev.sockreel.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the systemd unit in the path of a control group. */
final class SystemdUnit {
    private static final Pattern RUNS_PROCESSES = Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,255}\\.(?:service|scope)");
    /** Units that run a process only to start or stop. */
    private static final Pattern RUNS_HELPERS = Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,255}\\.(?:socket|mount|swap)");

    /**
     * Returns the innermost service or scope, else the innermost unit that runs helpers, without escapes; null for
     * none. The scope of a container alone is none: it says no more than the container.
     */
    static @Nullable String in(List<String> path) {
        String unit = innermost(path, RUNS_PROCESSES);
        return unit == null ? innermost(path, RUNS_HELPERS) : unit;
    }

    private static @Nullable String innermost(List<String> path, Pattern kind) {
        for (int i = path.size() - 1; i >= 0; i--) {
            String name = unprefixed(path.get(i));
            if (name.indexOf(':') >= 0 && ContainerPath.at(path, i) != null) {
                return null; // below the manager's own unit by mistake of its driver
            }
            boolean container = name.endsWith(".scope") && ContainerPath.at(path, i) != null;
            if (!container && kind.matcher(name).matches()) {
                return unescaped(name);
            }
        }
        return null;
    }

    /** Returns the unit of a control group. An underscore sets names apart that the kernel has files of. */
    private static String unprefixed(String name) {
        return name.startsWith("_") ? name.substring(1) : name;
    }

    /** Returns the name with each {@code \xnn} as the byte it stands for. */
    static String unescaped(String name) {
        if (name.indexOf('\\') < 0) {
            return name;
        }
        byte[] in = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = i + 3 < in.length && in[i] == '\\' && in[i + 1] == 'x' ? Character.digit(in[i + 2], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 3], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 3;
            } else {
                out.write(in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private SystemdUnit() {}
}
