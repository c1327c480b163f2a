package dev.sockreel.process;

import dev.sockreel.address.PrintableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control group of a process, and what its path shows. All text is printable.
 *
 * @param path      of the unified hierarchy, or of systemd's, or the longest; null when not known
 * @param unit      the systemd unit; null for none or not known
 * @param container null for none or not known
 */
public record ControlGroup(@Nullable String path, @Nullable String unit, @Nullable Container container) {
    public static final ControlGroup UNKNOWN = new ControlGroup(null, null, null);

    /** The number of hierarchies that are looked at; version 1 has about 13. */
    private static final int MAX_HIERARCHIES = 64;

    private record Hierarchy(String controllers, String path) {
        int rank() {
            boolean root = path.equals("/");
            return root ? 0 : controllers.isEmpty() ? 3 : controllers.equals("name=systemd") ? 2 : 1;
        }
    }

    /** Parses all of /proc/PID/cgroup, whose lines are {@code NUMBER:CONTROLLERS:PATH}. */
    static ControlGroup ofLines(byte[] lines) {
        List<Hierarchy> all = new ArrayList<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", MAX_HIERARCHIES)) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[2].startsWith("/")) {
                all.add(new Hierarchy(parts[1], parts[2]));
            }
        }
        return of(all);
    }

    /** Parses one path. */
    static ControlGroup ofPath(byte[] path) {
        return path.length == 0 ? UNKNOWN
                : of(List.of(new Hierarchy("", new String(path, StandardCharsets.UTF_8))));
    }

    private static ControlGroup of(List<Hierarchy> all) {
        List<Hierarchy> best = all.stream()
                .sorted((a, b) -> a.rank() != b.rank() ? b.rank() - a.rank() : b.path().length() - a.path().length())
                .toList();
        if (best.isEmpty()) {
            return UNKNOWN;
        }
        String unit = null;
        Container container = null;
        for (Hierarchy hierarchy : best) {
            List<String> path = Arrays.asList(hierarchy.path().split("/", -1));
            unit = unit == null ? SystemdUnit.in(path) : unit;
            container = container == null ? ContainerPath.in(path) : container;
        }
        return new ControlGroup(
                PrintableName.of(best.getFirst().path()), unit == null ? null : PrintableName.of(unit),
                container == null ? null
                        : new Container(PrintableName.of(container.id()), container.runtime()));
    }
}
