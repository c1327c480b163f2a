package dev.sockreel.process;

import dev.sockreel.wording.PrintableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control group of a process, and what its path shows. All text is printable.
 *
 * @param path      of the hierarchy that names a container; else of the unified one, systemd's, or the longest; null
 *                  when not known
 * @param unit      the systemd unit; null for none or not known
 * @param container null for none or not known
 */
public record ControlGroup(@Nullable String path, @Nullable String unit, @Nullable Container container) {
    public static final ControlGroup UNKNOWN = new ControlGroup(null, null, null);

    /** The number of hierarchies that are looked at; version 1 has about 13. */
    private static final int MAX_HIERARCHIES = 64;

    private record Hierarchy(String controllers, String path) {
        List<String> elements() {
            return Arrays.asList(path.split("/", -1));
        }

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
        // with both versions mounted, the unified path may be that of the container's manager
        return all.stream()
                .max(Comparator.comparingInt((Hierarchy h) -> ContainerPath.in(h.elements()) == null ? 0 : 1)
                        .thenComparingInt(Hierarchy::rank)
                        .thenComparingInt(h -> h.path().length()))
                .map(ControlGroup::of)
                .orElse(UNKNOWN);
    }

    private static ControlGroup of(Hierarchy best) {
        String unit = SystemdUnit.in(best.elements());
        Container container = ContainerPath.in(best.elements());
        return new ControlGroup(
                PrintableName.of(best.path()), unit == null ? null : PrintableName.of(unit),
                container == null ? null : new Container(PrintableName.of(container.id()), container.runtime()));
    }

    /** Returns the group with its path cut to so many characters. */
    ControlGroup cutTo(int chars) {
        return path == null || path.length() <= chars ? this
                : new ControlGroup(path.substring(0, chars) + " …", unit, container);
    }
}
