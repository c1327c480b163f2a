package dev.sockreel.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the container in the path of a control group. Each runtime and its cgroup driver has forms of its own. */
final class ContainerPath {
    /** {@code docker-ID.scope} of the systemd driver, {@code ID} of cgroupfs. */
    private static final Pattern HEX_ID = Pattern.compile("(?:(.+)-)?([0-9a-f]{64})(?:\\.scope)?");
    /** {@code kubepods-burstable-podUID.slice:cri-containerd:ID}, systemd's form passed to the other driver. */
    private static final Pattern TRIPLE = Pattern.compile("[^:]*:([^:]+):([0-9a-f]{64})");
    /** A task of AWS Fargate and its container. */
    private static final Pattern ECS_ID = Pattern.compile("[0-9a-f]{32}-[0-9]+");
    private static final Pattern NSPAWN = Pattern.compile("systemd-nspawn@(.+)\\.service");
    private static final Pattern MACHINE = Pattern.compile("machine-(.+)\\.scope");
    private static final String LXC_PAYLOAD = "lxc.payload.";

    private static final Map<String, String> RUNTIME_OF_PREFIX = Map.of(
            "docker", "docker",
            "cri-containerd", "containerd",
            "nerdctl", "containerd",
            "crio", "cri-o",
            "libpod", "podman",
            "libpod-payload", "podman",
            "buildah-buildah", "buildah");
    private static final Map<String, String> RUNTIME_OF_PARENT = Map.of(
            "docker", "docker",
            "libpod_parent", "podman",
            "libpod", "podman",
            "moby", "docker",
            "default", "containerd",
            "k8s.io", "containerd");

    /** Returns the innermost container; null for none. */
    static @Nullable Container in(List<String> path) {
        for (int i = path.size() - 1; i >= 0; i--) {
            Container found = at(path, i);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Returns the container whose control group is the element of the path at this place; null for none. */
    static @Nullable Container at(List<String> path, int place) {
        String name = path.get(place);
        String parent = place == 0 ? "" : path.get(place - 1);
        String child = place + 1 < path.size() ? path.get(place + 1) : "";
        Matcher triple = TRIPLE.matcher(name);
        if (triple.matches()) {
            return new Container(triple.group(2), RUNTIME_OF_PREFIX.get(triple.group(1)));
        }
        Matcher hex = HEX_ID.matcher(name);
        if (hex.matches()) {
            return ofHexId(hex.group(1), hex.group(2), parent);
        }
        if (ECS_ID.matcher(name).matches() && name.startsWith(parent + "-")) {
            return new Container(name, null);
        }
        Container lxc = lxc(name, parent);
        return lxc != null ? lxc : machine(name, parent, child);
    }

    private static @Nullable Container ofHexId(@Nullable String prefix, String id, String parent) {
        if (prefix == null) {
            return new Container(id, parent.startsWith("lxc") ? "lxc" : RUNTIME_OF_PARENT.get(parent));
        }
        // conmon watches a container from outside
        return prefix.endsWith("conmon") ? null : new Container(id, RUNTIME_OF_PREFIX.get(prefix));
    }

    private static @Nullable Container lxc(String name, String parent) {
        if (name.startsWith(LXC_PAYLOAD) && name.length() > LXC_PAYLOAD.length()) {
            return new Container(name.substring(LXC_PAYLOAD.length()), "lxc");
        }
        return parent.equals("lxc") || parent.equals("lxc.payload") ? new Container(name, "lxc") : null;
    }

    /** Returns the container of systemd-machined; virtual machines are registered there, too. */
    private static @Nullable Container machine(String name, String parent, String child) {
        Matcher nspawn = NSPAWN.matcher(name);
        if (nspawn.matches()) {
            return child.equals("supervisor") ? null
                    : new Container(SystemdUnit.unescaped(nspawn.group(1)), "systemd-nspawn");
        }
        Matcher machine = MACHINE.matcher(name);
        if (!machine.matches() || !parent.equals("machine.slice")) {
            return null;
        }
        String id = SystemdUnit.unescaped(machine.group(1));
        if (id.startsWith("qemu-")) {
            return null;
        }
        return id.startsWith("lxc-") ? new Container(id.substring("lxc-".length()), "libvirt-lxc")
                : new Container(id, "systemd-nspawn");
    }

    private ContainerPath() {}
}
