package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpListener;
import static dev.sockreel.detector.Story.tcpWithoutInfo;
import static dev.sockreel.detector.Story.unix;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that FINDINGS.md lists the findings with their evidence, the kinds of drops and of causes of the code. */
class FindingsDocTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static String doc() throws IOException {
        return Files.readString(Path.of("FINDINGS.md"));
    }

    /** Returns the evidence that each section names. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> fields = new TreeMap<>();
        for (String section : doc().replaceAll("(?s)\n## Causes.*", "").split("\n### ", -1)) {
            if (section.startsWith("`")) {
                String evidence = section.substring(section.indexOf("\n- Evidence: "));
                fields.put(quoted(section).getFirst(), new TreeSet<>(quoted(evidence)));
            }
        }
        return fields;
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }

    /** Returns the rows of the table with this heading, without the heading. */
    private static List<String> table(String heading) throws IOException {
        List<String> lines = doc().lines().toList();
        int from = lines.indexOf(heading) + 2;
        return lines.subList(from, lines.size()).stream().takeWhile(l -> l.startsWith("|")).toList();
    }

    private static List<String> firstCells(String heading) throws IOException {
        return table(heading).stream().map(l -> quoted(l).getFirst()).toList();
    }

    /** Returns the ids of all classes of the package that have one. */
    private static Set<String> ids() throws IOException, URISyntaxException {
        Path classes = Path.of(Detectors.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve(Detectors.class.getPackageName().replace('.', '/'));
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                for (Field field : load(name).getDeclaredFields()) {
                    if (field.getName().equals("ID")) {
                        ids.add((String) field.get(null));
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(Detectors.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void allFindings() throws IOException, URISyntaxException {
        assertEquals(ids(), documented().keySet());
    }

    /** Each evidence that stories of all kinds show. */
    @Test
    void allEvidence() throws IOException {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (Story story : List.of(tcpReaders(), listeners(), senders(), unixReaders(), datagrams(), leak())) {
            for (Finding f : story.findings()) {
                f.evidence()
                        .forEach(e -> shown.computeIfAbsent(f.id(), i -> new TreeSet<>()).addAll(e.fields().keySet()));
            }
        }
        assertEquals(documented(), shown);
    }

    /** Returns every name that the sources put into evidence, so that none is missed that no story shows. */
    @Test
    void allNamesInTheSources() throws IOException {
        Pattern put =
                Pattern.compile("(?:fields\\.put\\(|Map\\.of\\(|long\\) [\\w.()]+, |kernelNumber\\(\\), )\"(\\w+)\"");
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/sockreel/detector"))) {
            for (Path file : files.toList()) {
                put.matcher(Files.readString(file, StandardCharsets.UTF_8)).results()
                        .forEach(m -> named.add(m.group(1)));
            }
        }
        Set<String> documented = new TreeSet<>();
        documented().values().forEach(documented::addAll);
        documented.removeIf(f -> !f.matches("[a-z]+[a-zA-Z]*"));
        assertEquals(documented, named);
    }

    @Test
    void allKindsOfDrops() throws IOException {
        assertEquals(
                Arrays.stream(DropKind.values())
                        .map(k -> k.name().toLowerCase(Locale.ROOT) + " " + k.severity().id())
                        .toList(),
                table("| kind | severity | what was dropped | next |").stream()
                        .map(l -> quoted(l).getFirst() + " " + l.split("\\|", -1)[2].strip())
                        .toList());
    }

    @Test
    void allCauses() throws IOException {
        assertEquals(Arrays.stream(What.values()).map(What::id).toList(),
                firstCells("| what | from | accused | victims |"));
    }

    @Test
    void allWeights() throws IOException {
        assertEquals(Arrays.stream(Certainty.values()).map(Certainty::id).toList(),
                firstCells("| certainty | meaning |"));
        assertEquals(Arrays.stream(Severity.values()).map(Severity::id).toList().reversed(),
                firstCells("| severity | meaning |"));
    }

    private static InetDiagMsgBuilder other(InetDiagMsgBuilder socket, int number) {
        return socket.remote("127.0.0.1", 5000 + number).cookie(1000 + number).inode(100_000L + number);
    }

    /** Stuck, slow, at the end of the stream, and piling up. */
    private static Story tcpReaders() {
        Story story = Story.begin();
        for (int i = 0; i < 6; i++) {
            List<InetDiagMsgBuilder> sockets = new ArrayList<>(List.of(
                    tcp(9, 9),
                    other(tcp(50 + 50 * i, 50 + 80 * i), 1),
                    other(tcp(0, 0).skmeminfo(0, 0, 0, 0, 0, 0, 0, 0, i), 2)));
            for (int n = 0; n <= i; n++) {
                sockets.add(other(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT), 10 + n));
            }
            story.at(i).tcp(sockets.toArray(InetDiagMsgBuilder[]::new));
        }
        return story;
    }

    private static Story listeners() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpListener(3, 2), tcp(9, 9).inode(0));
        }
        return story;
    }

    private static Story senders() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(
                    tcpWithoutInfo(0).queues(0, 5000).info(TcpInfoBuilder.ofLength(232)
                            .set("tcpi_bytes_acked", 70).set("tcpi_snd_wnd", 0)),
                    other(tcpWithoutInfo(0), 1).state(Uapi.TCP_SYN_SENT).retrans(3).queues(0, 1).inode(300))
                    .inCall(Story.CONNECT, 3, process(7, "curl", 'S', 300));
        }
        return story;
    }

    private static Story unixReaders() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i)
                    .unix(unix(9), UnixDiagMsgBuilder.in(Story.ORDER).cookie(8).inode(701).rqlen(0, 768).peer(700),
                            UnixDiagMsgBuilder.in(Story.ORDER).cookie(9).inode(710).rqlen(9, 0).peer(711))
                    .owners(process(7, "a", 'T', 700));
        }
        return story;
    }

    private static Story datagrams() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(receiver(), sender()).inCall(Story.SENDTO, 3, process(8, "cron", 'S', 721));
        }
        return story;
    }

    private static UnixDiagMsgBuilder receiver() {
        return UnixDiagMsgBuilder.in(Story.ORDER).type(Uapi.SOCK_DGRAM).state(7).cookie(11).inode(720)
                .name("/dev/log".getBytes(StandardCharsets.UTF_8)).rqlen(60, 0);
    }

    private static UnixDiagMsgBuilder sender() {
        return UnixDiagMsgBuilder.in(Story.ORDER).type(Uapi.SOCK_DGRAM).state(7).cookie(12).inode(721).rqlen(0, 768);
    }

    private static Story leak() {
        Story story = Story.begin();
        for (int i = 0; i < 5; i++) {
            story.at(i).tcp(i < 2 ? new InetDiagMsgBuilder[] {tcp(0, 0)} : new InetDiagMsgBuilder[0])
                    .owners(process(7, "pool", 'S', 100));
        }
        return story;
    }
}
