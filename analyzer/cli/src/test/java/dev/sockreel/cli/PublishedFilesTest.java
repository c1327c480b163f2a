package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the commands on sources that other people published: what is said of them, and what is exported. */
class PublishedFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private int made;

    private Path imported(Published source, int exit, String... options) {
        return imported(source.copy(), exit, options);
    }

    private Path imported(Path source, int exit, String... options) {
        Path reel = folder.resolve("a" + made++ + ".reel");
        String[] words = new String[options.length + 2];
        words[0] = "-o";
        words[1] = reel.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        CommandRun.of(source, "import", words).exits(exit);
        return reel;
    }

    private CommandRun exported(Path reel, String format) {
        return CommandRun.of(reel, "export", "--to", format, "-o", folder.resolve("out").toString());
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Map<String, @Nullable Object> info(Path reel) {
        return JsonTree.asObjects(JsonTree.parse(CommandRun.of(reel, "info", "--format", "json").out())).getFirst();
    }

    @ParameterizedTest
    @CsvSource({"TYPE_18, ss-dump, 0, 1 socket", "TYPE_18, pcapng, 0, 1 socket", "TYPE_18, csv, 0, 1 socket",
        "NO_DONE_BETWEEN, ss-dump, 4, 3 sockets", "NO_DONE_BETWEEN, pcapng, 4, 3 sockets",
        "PROC_ONLY, csv, 0, 1 socket", "PROC_ONLY, ndjson, 0, 1 socket", "NETLINK_OLD, ndjson, 0, 2 sockets"})
    void anExportCountsWhatItWrote(Published source, String format, int exit, String count) throws IOException {
        CommandRun run = exported(imported(source, exit), format).exits(exit);
        assertTrue(run.err().contains(count + " written to "), run::toString);
        assertFalse(run.err().contains("left out"), run::toString);
        assertTrue(Files.size(folder.resolve("out")) > 0);
    }

    @ParameterizedTest
    @CsvSource({"PROC_ONLY, ss-dump, tcp sockets from sock_diag, 1 socket is, 1 known, 1 tcp",
        "PROC_ONLY, pcapng, sockets from sock_diag, 1 socket is, 1 known, 1 tcp",
        "NETLINK_OLD, pcapng, sockets from sock_diag, 2 sockets are, 2 known, 2 netlink"})
    void whatAFormatCannotHoldIsRefused(
            Published source, String format, String holds, String sockets, String known, String kinds) {
        Path reel = imported(source, 0);
        CommandRun run = exported(reel, format).exits(3);
        assertTrue(run.err().contains("sockreel: " + reel + " has nothing to export: " + format + " holds " + holds
                + "; " + sockets + " left out: " + known + " only from the text of /proc/net (" + kinds + ")\n"),
                run::toString);
        assertFalse(run.err().contains("written"), run::toString);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void whatIsLeftOutIsSaidWithNumbers() {
        CommandRun run = exported(Captures.WHOLE, "ss-dump").exits(0);
        assertTrue(run.err().matches("(?s).*\\d+ sockets written to .*\n\\d+ sockets are left out: .*\\d+ unix;"
                + " ss-dump holds tcp sockets from sock_diag\n.*"), run::toString);
    }

    /** Copies of /proc/net travel in comments of the packets there are. */
    @Test
    void textIsInCommentsOfAPcapng() throws IOException {
        Path reel = imported(Capture.unpack(Capture.NOMODS).resolve("snap"), 0);
        CommandRun run = exported(reel, "pcapng").exits(0);
        assertTrue(run.err().contains("known only from the text of /proc/net (")
                && run.err().contains("its comments have the text of /proc/net"), run::toString);
        Path again = imported(Files.copy(folder.resolve("out"), folder.resolve("again.pcapng")), 0);
        assertEquals(sockets(reel), sockets(again));
    }

    private static long sockets(Path reel) {
        return CommandRun.of(reel, "show", "--format", "ndjson").out().lines().count();
    }

    @Test
    void dumpsWithoutDoneAreKnownFromEachOther() {
        Path reel = imported(Published.NO_DONE_BETWEEN, 4);
        CommandRun verify = CommandRun.of(reel, "verify").exits(1);
        assertFalse(verify.out().contains("request"), verify::toString);
        assertTrue(verify.out().contains("2 faults: 1 snapshot, 2 dumps"), verify::toString);
        String info = flat(CommandRun.of(reel, "info").exits(4).out());
        assertTrue(info.contains("tcp6 2 176 1 unfinished") && info.contains("tcp4 1 88 1 unfinished"), info);
        assertTrue(info.contains("it is not known whether there are udp and unix sockets"), info);
    }

    @Test
    void rowsThatTheKernelCountedAreMissed() {
        Path reel = imported(Published.CUT_TABLE, 4);
        String why = "1 row is of a socket in use, but the kernel counted 91; up to 9 fewer would be normal";
        CommandRun verify = CommandRun.of(reel, "verify").exits(1);
        assertEquals(List.of(reel + ": count-mismatch: snapshot 0, /proc/net/tcp: " + why,
                reel + ": 1 fault: 1 snapshot, 0 dumps, 1 table of /proc/net"), verify.out().lines().toList());
        for (String command : List.of("show", "findings", "info", "ss")) {
            CommandRun run = CommandRun.of(reel, command).exits(4);
            assertTrue(run.err().contains("snapshot 0, /proc/net/tcp is inconsistent: " + why), run::toString);
        }
        assertTrue(CommandRun.of(reel, "show", "--unix").exits(0).err().lines().noneMatch(l -> l.contains("counted")));
        for (String command : List.of("info", "findings")) {
            String text = flat(CommandRun.of(reel, command).out());
            assertTrue(text.contains("/proc/net/tcp is inconsistent (" + why + "): sockets in it may be missing."),
                    text);
        }
        Map<String, @Nullable Object> table = JsonTree.asObject(
                JsonTree.asObject(info(reel).get("tables")).get("/proc/net/tcp"));
        assertEquals(List.of(1L, 225L, "inconsistent", why),
                List.of(table.get("sockets"), table.get("bytes"), table.get("verdict"), table.get("why")));
        assertTrue(flat(CommandRun.of(reel, "info").out()).contains("3 udp sockets are not shown"));
    }

    /** Everything that the import printed is in the capture, whatever it is exported to or copied as. */
    @ParameterizedTest
    @EnumSource(Published.class)
    void infoRepeatsWhatTheImportReported(Published source) {
        Path reel = folder.resolve("a.reel");
        CommandRun run = CommandRun.of(source.copy(), "import", "-o", reel.toString());
        List<String> printed = run.err().lines().skip(1).toList();
        assertTrue(printed.size() > 1, run::toString);
        CommandRun info = CommandRun.of(reel, "info");
        String all = flat(info.out() + info.err());
        printed.forEach(l -> assertTrue(all.contains(flat(l)), l + "\n" + info));
        String json = String.valueOf(info(reel).get("reportedByImport"));
        printed.stream().filter(l -> !l.startsWith("snapshot ")).forEach(l -> assertTrue(json.contains(l), l));
    }

    @Test
    void aByteOrderThatIsAssumedIsMarked() {
        Path assumed = imported(Published.TABLE_WIDTH, 0);
        assertTrue(CommandRun.of(assumed, "info").out().contains("byte order  little (assumed)\n"));
        assertEquals("assumed", info(assumed).get("byteOrderBasis"));
        Path given = imported(Published.TABLE_WIDTH, 0, "--byte-order", "big");
        assertTrue(CommandRun.of(given, "info").out().contains("byte order  big (given with --byte-order)\n"));
        assertEquals("given", info(given).get("byteOrderBasis"));
        Path found = imported(Published.PROC_ONLY, 0);
        assertTrue(CommandRun.of(found, "info").out().contains("byte order  little\n"));
        assertEquals(null, info(found).get("byteOrderBasis"));
        CommandRun.of(Published.TYPE_18.copy(), "import", "-o", folder.resolve("b.reel").toString(), "--byte-order",
                "big").exits(3);
        CommandRun.of(Published.TYPE_18.copy(), "import", "-o", folder.resolve("b.reel").toString(), "--byte-order",
                "middle").exits(2);
        assertFalse(Files.exists(folder.resolve("b.reel")));
    }

    /** Padding is for programs; people see how much of it there is. */
    @Test
    void namesAreShortenedForEyesOnly() {
        Path reel = imported(Published.TABLE_WIDTH, 0);
        for (String[] words : List.of(new String[] {"show"}, new String[] {"peers", "ino:6950"},
                new String[] {"history", "ino:6950"})) {
            CommandRun text = words.length == 1
                    ? CommandRun.of(reel, words[0]) : CommandRun.of(reel, words[0], words[1]);
            assertTrue(text.out().contains("@NAME\\x00{80}"), text::toString);
            text.out().lines().forEach(l -> assertTrue(l.length() <= 100, l));
        }
        String whole = "@NAME" + "\\x00".repeat(80);
        assertTrue(CommandRun.of(reel, "show", "--format", "csv").out().contains(whole));
        for (String format : List.of("json", "ndjson")) {
            assertTrue(CommandRun.of(reel, "show", "--format", format).out().contains(whole.replace("\\", "\\\\")));
        }
    }
}
