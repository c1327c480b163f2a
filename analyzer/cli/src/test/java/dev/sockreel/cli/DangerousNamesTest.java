package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.UnixAddress;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes each dangerous character, and a sample of all others, in each place of a capture where somebody else chose the
 * text, and finds none of them in the output of any command in any format.
 */
class DangerousNamesTest {
    private static final ReceiveTime NOW = new ReceiveTime(1_800_000_000_000_000_000L, 1);
    /** Fits into a sun_path in UTF-8. */
    private static final int NAME_CHARACTERS = 24;
    private static final int SAMPLE_STEP = 1009;
    private static final List<String> NAMES = names();

    @TempDir
    Path folder = Path.of("");

    private static List<String> names() {
        int[] chosen = IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .filter(c -> c % SAMPLE_STEP == 0 || isDangerousAndAssigned(c))
                .toArray();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < chosen.length; i += NAME_CHARACTERS) {
            names.add(new String(chosen, i, Math.min(NAME_CHARACTERS, chosen.length - i)));
        }
        return List.copyOf(names);
    }

    private static boolean isDangerousAndAssigned(int c) {
        int type = Character.getType(c);
        return type != Character.PRIVATE_USE && type != Character.UNASSIGNED
                && CommandRun.DANGEROUS.matcher(Character.toString(c)).find();
    }

    private Path capture() throws IOException {
        Path reel = folder.resolve("names\u001b[2J\u202e\u009b\u3164.reel");
        String all = String.join("", NAMES);
        byte[] request = DiagRequest.unix(LITTLE_ENDIAN, 0xffffffffL, 0, Captures.ALL_BUT_ICONS, 0).toBytes();
        try (CaptureWriter out = CaptureWriter.create(
                reel, new CaptureHeader(new UUID(1, 2), 0, NOW, LITTLE_ENDIAN, all))) {
            out.write(new HostEvidence(Map.of(HostEvidence.HOSTNAME, all, HostEvidence.KERNEL_RELEASE, all,
                    HostEvidence.MACHINE, all, all, all)));
            for (int i = 0; i < 3; i++) {
                out.write(new SnapshotBegin(i, NOW));
                out.write(new NetworkNamespace(0, 1, 1, all, List.of(new NetworkNamespace.Interface(2, all))));
                out.write(
                        new ProcText(i, 0, "/proc/net/" + NAMES.getFirst(), ProcText.When.BEFORE_DUMPS, 0, 0, true, NOW,
                                Unpooled.wrappedBuffer(all.getBytes(UTF_8))));
                out.write(new ProcText(i, 0, "/proc/net/unix", ProcText.When.BEFORE_DUMPS, 0, 0, true, NOW,
                        Unpooled.wrappedBuffer(all.getBytes(UTF_8))));
                dump(2 * i, i, "unix", request, sockets(i), DumpEnd.Outcome.DONE, out);
                dump(2 * i + 1, i, all, request, NlmsgBuilder.error(LITTLE_ENDIAN, -22, request, all).seq(1).toBytes(),
                        DumpEnd.Outcome.CALL_FAILED, out);
                owners(i, out);
                out.write(new RecorderNote(i, 0, RecorderNote.Kind.MISSED_TICKS, 1, NOW, all));
                out.write(new SnapshotEnd(i, 2, NOW));
            }
            out.finish();
        }
        return reel;
    }

    private static void dump(int dump, int snapshot, String family, byte[] request, byte[] bytes,
            DumpEnd.Outcome outcome, CaptureWriter out) throws IOException {
        out.write(new DumpBegin(dump, snapshot, 0, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                NOW, request));
        out.write(new Datagram(dump, 0, 0, 0, bytes.length, 0, NOW, Unpooled.wrappedBuffer(bytes)));
        boolean done = outcome == DumpEnd.Outcome.DONE;
        out.write(new DumpEnd(dump, outcome, done ? 0 : 5, 1, done ? "" : NAMES.getFirst(), NOW));
    }

    /** Returns a path and an abstract name of each text; the queues grow, so that there are findings. */
    private static byte[] sockets(int snapshot) {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < 2 * NAMES.size(); i++) {
            byte[] name = ((i % 2 == 0 ? "/" : "\0") + NAMES.get(i / 2)).getBytes(UTF_8);
            dump.add(UnixDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(i + 1).inode(100 + i).name(name).rqlen(7 + snapshot, 0)
                    .header(h -> h.seq(1)));
        }
        return dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).toBytes();
    }

    private static void owners(int snapshot, CaptureWriter out) throws IOException {
        List<Owners.Holder> holders = new ArrayList<>();
        List<Processes.Facts> facts = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            byte[] text = NAMES.get(i).getBytes(UTF_8);
            byte[] group = ("0::/" + NAMES.get(i).replace('\n', ' ')).getBytes(UTF_8);
            holders.add(new Owners.Holder(10 + i, text, new byte[0], group, new int[] {3, 4},
                    new long[] {100 + 2 * i, 101 + 2 * i}));
            facts.add(new Processes.Facts(10 + i, 1, 0, NAMES.get(i), 0, text, group, 1, 0));
        }
        out.write(new Owners(snapshot, true, 0, true, NOW, NOW, NAMES.size(), 0, 0, holders));
        out.write(new Processes(snapshot, NOW, facts));
    }

    @Test
    void noneIsPrinted() throws IOException {
        Path reel = capture();
        List<List<String>> commands = new ArrayList<>(List.of(
                List.of("verify"), List.of("ss", "-xapeO"), List.of("ss", "-xape", "--threads"),
                List.of("show", "--all"),
                List.of("findings", "--min-snapshots", "1", "--min-time", "0s", "--all")));
        for (String format : List.of("text", "json", "ndjson", "csv")) {
            commands.add(List.of("info", "--format", format));
            commands.add(List.of("show", "--format", format));
            commands.add(List.of("findings", "--min-snapshots", "1", "--min-time", "0s", "--format", format));
            commands.add(List.of("diff", "--from", "0", "--to", "2", "--format", format));
            commands.add(List.of("history", "cookie:1", "--format", format));
            commands.add(List.of("peers", "cookie:1", "--format", format));
        }
        int full = 0;
        for (List<String> words : commands) {
            String[] more = words.subList(1, words.size()).toArray(String[]::new);
            CommandRun run = CommandRun.of(reel, words.getFirst(), more).isPrintable();
            full += run.out().length() > 1000 ? 1 : 0;
        }
        assertTrue(full > commands.size() / 2, full + " of " + commands.size() + " commands show the capture");
        for (String to : List.of("ndjson", "csv")) {
            assertSafe(reel, "export", "--to", to);
        }
        assertSafe(reel, "report");
        CommandRun.of(reel, "recover", "-o", folder.resolve("recovered\u009b.reel").toString()).isPrintable();
        CommandRun.of(folder.resolve("none" + NAMES.getFirst()), "info").isPrintable();
    }

    private void assertSafe(Path reel, String command, String... more) throws IOException {
        Path file = folder.resolve("out");
        Files.deleteIfExists(file);
        List<String> words = new ArrayList<>(List.of(more));
        words.addAll(List.of("-o", file.toString()));
        CommandRun run = CommandRun.of(reel, command, words.toArray(String[]::new)).isPrintable();
        assertTrue(Files.size(file) > 1000, run::toString);
        assertFalse(CommandRun.DANGEROUS.matcher(Files.readString(file)).find(), command + words);
    }

    @Test
    void jsonParsesBackToTheNames() throws IOException {
        String json = CommandRun.of(capture(), "show", "--format", "json").out();
        Set<String> shown = JsonTree.asObjects(JsonTree.parse(json)).stream()
                .map(row -> String.valueOf(row.get("local")))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> names = new TreeSet<>();
        for (String name : NAMES) {
            names.add(String.valueOf(UnixAddress.ofSunPath(("/" + name).getBytes(UTF_8))));
            names.add(String.valueOf(UnixAddress.ofSunPath(("\0" + name).getBytes(UTF_8))));
        }
        assertEquals(names, shown);
    }
}
