package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares /proc/net tables of about 1,000 live sockets, packed like a support bundle, with their maker. */
class LiveProcNetTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aBundleOfLiveTablesIsAsTheMakerSays() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the socket maker needs cc");
        Path truth = folder.resolve("truth.jsonl");
        Path reel = folder.resolve("bundle.reel");
        try (NetNamespace netns = NetNamespace.create();
                SocketMaker maker = SocketMaker.start(netns, "--mixed", "--truth", truth.toString())) {
            assertTrue(maker.ready().startsWith("ready "), maker.ready());
            // while its hash table changes its size, /proc/net/netlink may have a line twice or not at all
            Again.same(look -> {
                pack(netns, reel);
                String rows = CommandRun.of(reel, "show", "--format", "ndjson").exits(0).out();
                return String.join("\n", MakerTruth.of(rows, Files.readString(truth)).differences());
            });
        }
        String rows = CommandRun.of(reel, "show", "--format", "ndjson").exits(0).out();
        MakerTruth sockets = MakerTruth.of(rows, Files.readString(truth));
        sockets.holds();
        assertEquals(sockets.pending(2), sockets.unaccepted("tcp"));
        assertEquals(sockets.pending(1), sockets.unaccepted("u_str"));
        List<Map<String, @Nullable Object>> all = JsonTree.lines(rows);
        assertEquals(Set.of("proc"),
                all.stream().map(r -> String.valueOf(r.get("source"))).collect(Collectors.toSet()));
        all.stream().filter(r -> String.valueOf(r.get("netid")).startsWith("u_")).forEach(r -> assertTrue(
                r.get("recvQ") == null && r.get("sendQ") == null && r.get("peerInode") == null, r.toString()));
        CommandRun findings =
                CommandRun.of(reel, "findings", "--min-snapshots", "1", "--min-time", "0s", "--format", "json")
                        .exits(0);
        JsonTree.asObjects(JsonTree.object(findings.out()).get("findings"))
                .forEach(f -> assertTrue(!"proved".equals(f.get("certainty")), f.toString()));
    }

    private void pack(NetNamespace netns, Path reel) throws IOException {
        Path net = Files.createDirectories(folder.resolve("bundle/proc/net"));
        netns.run("sh", "-c", "for f in tcp tcp6 udp udp6 udplite udplite6 raw raw6 icmp icmp6 unix packet netlink"
                + " protocols; do cat /proc/net/$f > " + net + "/$f; done; tar czf " + folder + "/bundle.tgz -C "
                + folder + " bundle");
        Files.deleteIfExists(reel);
        CommandRun.of(folder.resolve("bundle.tgz"), "import", "-o", reel.toString()).exits(0);
    }
}
