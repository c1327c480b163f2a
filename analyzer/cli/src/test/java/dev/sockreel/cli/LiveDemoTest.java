package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo on this machine's kernel. */
@Live
class LiveDemoTest {
    @TempDir
    private Path folder;

    @Test
    void itBreaksThreeSocketsAndFindsThem() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the demo records a Linux kernel");
        CommandRun demo = CommandRun.process(folder, "demo").exits(0).isPrintable();
        List<String> made = demo.out().lines().skip(1).takeWhile(l -> l.startsWith("  ")).toList();
        assertEquals(3, made.size(), demo.toString());
        String findings = demo.out().substring(demo.out().indexOf("Recording"));
        Matcher name = Pattern.compile("^  (.*?): a ").matcher("");
        for (String line : made) {
            assertTrue(name.reset(line).find(), line);
            assertTrue(findings.contains(name.group(1)), () -> name.group(1) + " is not judged: " + demo);
        }
        assertTrue(findings.contains("CRITICAL  unread-stuck  (proved)"), demo.toString());
        assertTrue(findings.contains("CRITICAL  accept-queue-full  (proved)"), demo.toString());
        assertTrue(findings.contains("unread-unproven"), demo.toString());
        assertTrue(Files.size(folder.resolve("demo.reel")) > 0);
        // others change the host's sockets meanwhile: a dump may be torn, but the file is whole
        CommandRun verify = CommandRun.of(folder.resolve("demo.reel"), "verify");
        List<String> faults = verify.exit() == 0 ? List.of() : verify.exits(1).out().lines().toList();
        assertTrue(faults.stream().limit(Math.max(0, faults.size() - 1))
                .allMatch(l -> l.matches(".*: snapshot \\d+, \\w+ \\(dump \\d+\\).*")), verify::toString);
        String page = Files.readString(folder.resolve("demo.html"));
        for (String line : made) {
            assertTrue(name.reset(line).find() && page.contains(name.group(1).replace("<", "&lt;")), line);
        }
        // A second run replaces the first one's files.
        CommandRun.process(folder, "demo").exits(0);
    }

    @Test
    void aPageOfSomebodyElseStays() throws IOException {
        Files.writeString(folder.resolve("demo.html"), "<html>mine</html>");
        CommandRun demo = CommandRun.process(folder, "demo").exits(3).saysOnly(1);
        assertTrue(demo.err().contains("demo.html already exists"), demo.toString());
        assertEquals("<html>mine</html>", Files.readString(folder.resolve("demo.html")));
    }
}
