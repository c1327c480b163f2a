package dev.sockreel.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.fuzz.Allocation;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes what a process or its container chooses: command line, control group and name. */
class ProcessFuzzTest {
    private static final int BYTES_PER_BYTE = 300;
    private static final HostClock CLOCK = new HostClock(1_700_000_000, 100);

    static Stream<byte[]> facts() {
        String id = "7e1c5b0a9f3d".repeat(5) + "7e1c";
        return Stream.of(
                "nginx\0-c\0/etc/x\0|0::/system.slice/nginx.service\n|www",
                "a\0it's\0\0\u001b[31m\0|12:pids:/docker/" + id + "\n0::/system.slice/x.service\n|",
                "x|1:name=systemd:/a.slice:cri-containerd:" + id + "\n|r",
                "|0::/machine.slice/systemd-nspawn@a\\x2d\\x1b.service/payload\n|\u202e",
                "|0::/lxc.payload.a/system.slice/_b\\x.service|")
                .map(t -> t.split("\\|", -1))
                .map(t -> Parts.join(t[0].getBytes(UTF_8), t[1].getBytes(UTF_8), t[2].getBytes(UTF_8)));
    }

    @MethodSource("facts")
    @FuzzTest
    void facts(byte[] input) {
        List<byte[]> parts = Parts.of(input);
        byte[] cgroup = parts.size() > 1 ? parts.get(1) : new byte[0];
        Processes.Facts recorded = new Processes.Facts(
                7, input.length, input.length, new String(parts.getLast(), UTF_8), input.length & 0xf,
                parts.getFirst(), cgroup, 0, 62);
        ProcessFacts facts = Allocation.within(
                BYTES_PER_BYTE, input.length, () -> ProcessFacts.of(recorded, CLOCK));
        OneLine.check(facts.cmdline().text());
        OneLine.check(facts.user());
        OneLine.check(facts.cgroup().path());
        OneLine.check(facts.cgroup().unit());
        Container container = facts.cgroup().container();
        if (container != null) {
            OneLine.check(container.id());
            assertTrue(container.id().startsWith(container.shortId()));
        }
        assertEquals(facts, ProcessFacts.of(recorded, CLOCK));
        ProcessFacts alone = ProcessFacts.of(input.length, cgroup, CLOCK);
        OneLine.check(alone.cgroup().path());
        OneLine.check(alone.cgroup().unit());
    }
}
