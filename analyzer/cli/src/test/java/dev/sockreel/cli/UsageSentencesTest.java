package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line gets one sentence that says what was meant, and nothing of the library that reads it. */
class UsageSentencesTest {
    private static final List<String> RAW = List.of("Unmatched", "Missing required", "Unknown option", "Invalid value",
            "Possible solutions", "at index", "mutually", "should be specified", "expected only", "Unknown subcommand",
            "is not an int", "is not a boolean", "case-insensitive", "Error:");

    @TempDir
    private Path folder;
    private String reel = "";
    private String other = "";

    @BeforeEach
    void files() throws IOException {
        reel = Files.copy(Captures.WHOLE, folder.resolve("my host.reel")).toString();
        other = Files.copy(Captures.WHOLE, folder.resolve("b.reel")).toString();
    }

    /** Returns what is said about the words, in which FILE and OTHER stand for captures. */
    private String said(List<String> words) {
        CommandRun run = CommandRun.of(words.stream()
                .map(w -> w.equals("FILE") ? reel : w.equals("OTHER") ? other : w)
                .toArray(String[]::new)).exits(2);
        assertEquals("", run.out());
        RAW.forEach(raw -> assertFalse(run.err().contains(raw), run::toString));
        List<String> lines = run.err().lines().toList();
        assertEquals(2, lines.size(), run::toString);
        assertEquals("`" + lines.getFirst().replaceFirst(": .*", "") + " --help` lists all options.", lines.get(1));
        return lines.getFirst().replace(reel, "FILE").replace(other, "OTHER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "sow x|sockreel: no command \"sow\": did you mean show?",
        "shwo|sockreel: no command \"shwo\": did you mean show?",
        "repot FILE|sockreel: no command \"repot\": did you mean report?",
        "help sow|sockreel: no command \"sow\": did you mean show?",
        "frobnicate|sockreel: no command \"frobnicate\"",
        "FILE|sockreel: \"FILE\" is a file: a command comes first, as in sockreel info 'FILE'",
        "--frob|sockreel: no option \"--frob\"",
        "show|sockreel show: FILE is missing",
        "show FILE --frobnicate|sockreel show: no option \"--frobnicate\"",
        "show FILE --formt=json|sockreel show: no option \"--formt\": did you mean --format?",
        "show FILE -Z|sockreel show: no option \"-Z\"",
        "show FILE --format jsn|sockreel show: --format \"jsn\": did you mean json? Use text, json, ndjson or csv",
        "show FILE --format yaml|sockreel show: --format \"yaml\": use text, json, ndjson or csv",
        "show FILE --format|sockreel show: --format needs a value: FORMAT",
        "show FILE --snapshot x|sockreel show: --snapshot \"x\" is not a whole number",
        "show FILE --snapshot 99999999999|sockreel show: --snapshot \"99999999999\" is not a whole number that "
                + "sockreel can count to",
        "show FILE --snapshot 1 --at 14:00|sockreel show: --snapshot and --at exclude each other: give one of them",
        "show FILE --snapshot 1 --snapshot 2|sockreel show: --snapshot is given twice",
        "show FILE --debug=x|sockreel show: --debug takes no value, but got \"x\"",
        "findings FILE --fail-on critcal|sockreel findings: --fail-on \"critcal\": did you mean critical? Use info, "
                + "warning or critical",
        "findings FILE --fail-on bad|sockreel findings: --fail-on \"bad\": use info, warning or critical",
        "findings FILE --min-snapshots x|sockreel findings: --min-snapshots \"x\" is not a whole number",
        "report FILE|sockreel report: -o OUT is missing",
        "report FILE -o|sockreel report: --output needs a value: OUT",
        "export FILE|sockreel export: -o OUT and --to FORMAT are missing",
        "record|sockreel record: -o FILE is missing",
        "record -o y.reel --count x|sockreel record: --count \"x\" is not a whole number",
        "record -o y.reel --count 0|sockreel record: --count must be at least 1, not 0",
        "record -o y.reel --interval x|sockreel record: --interval 'x' is not a time (500ms, 10s, 10m, 24h, 7d)",
        "record -o y.reel --rotate x|sockreel record: --rotate 'x' is neither a time (500ms, 10s, 10m, 24h, 7d) nor a "
                + "size (256M, 4G)",
        "record -o y.reel --threads x|sockreel record: --threads 'x' is neither each nor never",
        "record -o y.reel x|sockreel record: \"x\" is one argument too many",
        "probe x|sockreel probe: \"x\" is one argument too many",
        "probe --format csw|sockreel probe: --format \"csw\": did you mean csv? Use text, json, ndjson or csv"})
    void mistakes(String words, String sentence) {
        assertEquals(sentence, said(List.of(words.split(" "))));
    }

    private static Stream<Map.Entry<List<String>, String>> swapped() {
        return Stream.of(
                Map.entry(List.of("show", "unread > 0", "FILE"),
                        "sockreel show: the FILE comes first: sockreel show 'FILE' 'unread > 0'"),
                Map.entry(List.of("show", "unread", ">", "0", "--all", "OTHER"),
                        "sockreel show: the FILE comes first: sockreel show OTHER unread '>' 0 --all"),
                Map.entry(List.of("show", "unread > 0"),
                        "sockreel show: FILE is missing before the FILTER: sockreel show FILE 'unread > 0'"),
                Map.entry(List.of("show", "unread", ">", "0"),
                        "sockreel show: FILE is missing before the FILTER: sockreel show FILE unread '>' 0"),
                Map.entry(List.of("findings", "unread > 0"),
                        "sockreel findings: \"unread > 0\" is a FILTER, which findings does not take: "
                                + "sockreel show FILE 'unread > 0' lists such sockets"),
                Map.entry(List.of("findings", "OTHER", "unread > 0"),
                        "sockreel findings: \"unread > 0\" is a FILTER, which findings does not take: "
                                + "sockreel show OTHER 'unread > 0' lists such sockets"),
                Map.entry(List.of("show", "FILE", "OTHER"),
                        "sockreel show: \"OTHER\" is a file, but a FILTER belongs here: show reads one FILE"),
                Map.entry(List.of("peers", "4711", "OTHER"),
                        "sockreel peers: the FILE comes first: sockreel peers OTHER 4711"),
                Map.entry(List.of("history", "4711", "OTHER"),
                        "sockreel history: the FILE comes first: sockreel history OTHER 4711"),
                Map.entry(List.of("history", "4711"),
                        "sockreel history: FILE is missing before the SOCKET: sockreel history FILE 4711"));
    }

    @Test
    void misplacedWords() {
        swapped().forEach(e -> assertEquals(e.getValue(), said(e.getKey())));
    }

    @Test
    void nothingGiven() {
        assertEquals("sockreel: no command given: sockreel demo shows what this is, sockreel --help lists all",
                said(List.of()));
    }

    /** A word that is neither a file nor a filter is a file that is missing. */
    @Test
    void aMissingFileStaysOne() {
        CommandRun run = CommandRun.of("show", folder.resolve("none.reel").toString()).exits(3);
        assertEquals("sockreel: " + folder.resolve("none.reel") + ": no such file\n", run.err());
    }

    @Test
    void theCaptureOfAnotherToolIsToBeImported() throws IOException {
        Path pcap = Files.write(folder.resolve("x.pcap"), new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2,
            (byte) 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, (byte) 253, 0, 0, 0});
        assertEquals("sockreel: " + pcap + " is not a sockreel capture (no group header in its 24 bytes); use "
                + "`sockreel import` for other formats\n", CommandRun.of(pcap, "show").exits(3).err());
    }
}
