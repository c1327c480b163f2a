package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records a namespace in which nobody but the kernel and the recorder has netlink sockets. */
@Live
class LiveRecorderSocketsTest {
    private static final int SNAPSHOTS = 3;

    @TempDir
    private Path folder;

    @Test
    void allButTheKernelsSocketsAreTheRecorders() {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        Path reel = folder.resolve("x.reel");
        try (NetNamespace netns = NetNamespace.create()) {
            CommandRun.of("record", "-o", reel.toString(), "--netns", netns.name(), "--families", "netlink",
                    "--closed", "--count", Integer.toString(SNAPSHOTS), "--interval", "100ms").exits(0);
        }
        List<Map<String, @Nullable Object>> rows =
                JsonTree.lines(CommandRun.of(reel, "show", "--all", "--format", "ndjson").exits(0).out());
        int own = 0;
        for (Map<String, @Nullable Object> row : rows) {
            boolean kernels = String.valueOf(row.get("local")).endsWith(":0"); // its port id
            assertEquals(kernels ? null : true, row.get("recorder"), row::toString);
            own += kernels ? 0 : 1;
        }
        assertEquals(2 * SNAPSHOTS, own, "the dump's and the listener's");
        assertTrue(rows.size() > own, rows::toString);
        assertTrue(CommandRun.of(reel, "diff").exits(0).out().contains("0 appeared, 0 gone"));
    }
}
