package dev.sockreel.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests units and containers by the paths that distributions and runtimes make. ID stands for 64 hex digits. */
class ControlGroupTest {
    private static final String ID = "7e1c5b0a9f3d".repeat(5) + "7e1c";

    private static ControlGroup of(String lines) {
        return ControlGroup.ofLines(lines.replace("ID", ID).getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "/init.scope, init.scope",
        "/system.slice/nginx.service, nginx.service",
        "/system.slice/system-postgresql.slice/postgresql@16-main.service, postgresql@16-main.service",
        "/user.slice/user-1000.slice/session-3.scope, session-3.scope",
        "/user.slice/user-1000.slice/user@1000.service/init.scope, init.scope",
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/"
                + "vte-spawn-1f.scope, vte-spawn-1f.scope",
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-my\\x2deditor-77.scope,"
                + " app-gnome-my-editor-77.scope",
        "/system.slice/systemd-udevd.service/udev, systemd-udevd.service",
        "/system.slice/foo.service/worker/3, foo.service",
        "/system.slice/_cpu.service, cpu.service",
        "/system.slice/dev-disk-by\\x2duuid-1.swap, dev-disk-by-uuid-1.swap",
        "/system.slice/sshd.socket, sshd.socket",
        "/system.slice, -",
        "/user.slice/user-1000.slice, -",
        "/, -",
        "/my.service.d/x, -",
        "/.service, -",
        "/../../system.slice/cron.service, cron.service"})
    void unitOfAPath(String path, @Nullable String unit) {
        ControlGroup group = of("0::" + path + "\n");
        assertEquals(unit, group.unit());
        assertNull(group.container());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "/system.slice/docker-ID.scope, docker, -",
        "/docker/ID, docker, -",
        "/docker/0000ID, -, -", // not 64 digits
        "/system.slice/docker-ID.scope/init.scope, docker, init.scope",
        "/system.slice/docker-ID.scope/system.slice/nginx.service, docker, nginx.service",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope, docker, user@1000.service",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1d2e_aa.slice/docker-ID.scope, docker, -",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1d2e_aa.slice/cri-containerd-ID.scope,"
                + " containerd, -",
        "/kubepods.slice/kubepods-pod1d2e_aa.slice/crio-ID.scope, cri-o, -",
        "/kubepods.slice/kubepods-pod1d2e_aa.slice/crio-ID.scope/container, cri-o, -",
        "/kubepods/besteffort/pod1d2e-aa/ID, ?, -",
        "/system.slice/containerd.service/kubepods-burstable-pod1d2e.slice:cri-containerd:ID, containerd, -",
        "/kubepods-besteffort-pod1d2e.slice:cri-containerd:ID, containerd, -",
        "/k8s.io/ID, containerd, -",
        "/default/ID, containerd, -",
        "/system.slice/nerdctl-ID.scope, containerd, -",
        "/machine.slice/libpod-ID.scope/container, podman, -",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container, podman,"
                + " user@1000.service",
        "/libpod_parent/libpod-ID, podman, -",
        "/system.slice/nginx.service/libpod-payload-ID, podman, nginx.service",
        "/ID, ?, -",
        "/ecs/cluster/5a0d5ceddf6c44c1928d367a815d890f/ID, ?, -",
        "/docker/ID/docker/ID, docker, -"})
    void containerOfAPath(String path, @Nullable String runtime, @Nullable String unit) {
        ControlGroup group = of("0::" + path + "\n");
        Container container = runtime == null ? null : new Container(ID, runtime.equals("?") ? null : runtime);
        assertEquals(container, group.container());
        assertEquals(unit, group.unit());
        assertEquals(path.replace("ID", ID), group.path());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "/lxc.payload.web1, web1, lxc",
        "/lxc.payload.web1/system.slice/nginx.service, web1, lxc",
        "/lxc/101/ns, 101, lxc",
        "/lxc/web1, web1, lxc",
        "/machine.slice/systemd-nspawn@web1.service/payload, web1, systemd-nspawn",
        "/machine.slice/systemd-nspawn@my\\x2dweb.service/payload/system.slice/nginx.service, my-web, systemd-nspawn",
        "/machine.slice/machine-my\\x2dweb.scope/payload, my-web, systemd-nspawn",
        "/machine.slice/machine-lxc\\x2d1234\\x2dweb.scope, 1234-web, libvirt-lxc",
        "/ecs/81a5d1f1e1f14d7a8d6e9f2f5b3c4d5e/81a5d1f1e1f14d7a8d6e9f2f5b3c4d5e-2532581502,"
                + " 81a5d1f1e1f14d7a8d6e9f2f5b3c4d5e-2532581502, -"})
    void namedContainerOfAPath(String path, String id, @Nullable String runtime) {
        assertEquals(new Container(id, runtime), of("0::" + path + "\n").container());
    }

    /** Monitors and managers stand outside the container they serve. */
    @ParameterizedTest
    @CsvSource({
        "/machine.slice/libpod-conmon-ID.scope, libpod-conmon-",
        "/kubepods.slice/kubepods-pod1d2e_aa.slice/crio-conmon-ID.scope, crio-conmon-",
        "/machine.slice/systemd-nspawn@web1.service/supervisor, systemd-nspawn@web1.service",
        "/lxc.monitor.web1, ''",
        "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator, machine-qemu-1-vm.scope"})
    void notInTheContainer(String path, String unit) {
        ControlGroup group = of("0::" + path + "\n");
        assertNull(group.container());
        String expected = unit.endsWith("-") ? unit + ID + ".scope" : unit.isEmpty() ? null : unit;
        assertEquals(expected, group.unit());
    }

    @Test
    void versionOneTakesSystemdsHierarchy() {
        ControlGroup group = of("""
                12:pids:/system.slice/nginx.service
                11:cpuset:/
                3:cpu,cpuacct:/system.slice/nginx.service/longer/than/the/others
                1:name=systemd:/system.slice/nginx.service
                0::/
                """);
        assertEquals(new ControlGroup("/system.slice/nginx.service", "nginx.service", null), group);
    }

    /** A container of cgroupfs stands in the old hierarchies alone; the unified path is that of its manager. */
    @Test
    void theHierarchyOfTheContainerCounts() {
        ControlGroup group = of("""
                12:pids:/docker/ID
                10:rdma:/
                1:name=systemd:/docker/ID
                0::/system.slice/containerd.service
                """);
        assertEquals(new ControlGroup("/docker/" + ID, null, new Container(ID, "docker")), group);
    }

    @ParameterizedTest
    @CsvSource({"''", "0::", "nonsense", "0:/x", "1:2:3", "':::'"})
    void whatIsNoLineIsUnknown(String line) {
        assertEquals(ControlGroup.UNKNOWN, of(line + "\n"));
    }

    @Test
    void aPathIsPrintable() {
        ControlGroup group = of("0::/a\u001b[31m\\x2d/b.service\n");
        assertEquals("/a\\x1b[31m\\x5cx2d/b.service", group.path());
        assertEquals("b.service", group.unit());
        assertEquals("a\\x0a.service", of("0::/a\\x0a.service").unit());
    }

    @Test
    void aPathAloneIsTheUnifiedOne() {
        assertEquals("cron.service", ControlGroup.ofPath("/system.slice/cron.service".getBytes(UTF_8)).unit());
        assertEquals(ControlGroup.UNKNOWN, ControlGroup.ofPath(new byte[0]));
    }

    @Test
    void theShortIdIsThatOfPeople() {
        assertEquals("7e1c5b0a9f3d", new Container(ID, null).shortId());
        assertEquals("my-web-server-1", new Container("my-web-server-1", "lxc").shortId());
    }
}
