package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script at the repository's root with JDKs and a Maven that are scripts, too. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../sockreel");

    @TempDir
    Path folder = Path.of("");

    private record Outcome(int exit, List<String> out, List<String> err) {}

    @BeforeEach
    void copyLauncher() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash")));
        Files.createDirectories(root());
        Files.copy(LAUNCHER, root().resolve("sockreel"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : "bash readlink find head mkdir flock touch sed cat mv rm sleep cp".split(" ")) {
            for (String place : new String[] {"/bin/", "/usr/bin/"}) {
                if (Files.exists(Path.of(place + tool))) {
                    script(tools.resolve(tool), "exec " + place + tool + " \"$@\"");
                }
            }
        }
    }

    @Test
    void noJdkAtAllIsReportedInTwoLines() throws Exception {
        jar();
        Outcome outcome = run(List.of(), "--version");
        assertEquals(3, outcome.exit());
        assertEquals(2, outcome.err().size(), () -> outcome.err().toString());
        assertTrue(outcome.out().isEmpty());
    }

    @Test
    void jdksThatAreTooOldAreNoJdks() throws Exception {
        jar();
        jdk("jdks/8", "1.8.0_402");
        jdk("jdks/17", "17.0.15");
        jdk("jdks/24", "24.0.2");
        assertEquals(3, run(List.of(), "--version").exit());
    }

    @Test
    void aNewJdkElsewhereIsFoundWhenTheDefaultIsTooOld() throws Exception {
        jar();
        Path old = jdk("old/17", "17.0.15");
        jdk("jdks/25 with a space", "25.0.3");
        Files.createSymbolicLink(folder.resolve("tools/java"), old.resolve("bin/java"));
        Outcome outcome = run(List.of("JAVA_HOME=" + old), "show", "a b", "*");
        assertEquals(0, outcome.exit(), () -> outcome.err().toString());
        assertTrue(outcome.err().isEmpty(), () -> outcome.err().toString());
        assertTrue(outcome.out().getFirst().startsWith("java of " + folder.resolve("jdks/25 with a space")));
        assertEquals(List.of("<dev.sockreel.cli.Main>", "<show>", "<a b>", "<*>"),
                outcome.out().subList(outcome.out().size() - 4, outcome.out().size()));
    }

    @Test
    void theJdkThatWasNamedComesFirst() throws Exception {
        jar();
        jdk("jdks/25", "25");
        Path named = jdk("named", "26-ea");
        Outcome outcome = run(List.of("SOCKREEL_JAVA_HOME=" + named, "SOCKREEL_JAVA_OPTS=-Xmx9m -Dx=y"), "info");
        assertTrue(outcome.out().getFirst().startsWith("java of " + named));
        assertTrue(outcome.out().containsAll(List.of("<-Xmx9m>", "<-Dx=y>")), () -> outcome.out().toString());
        Outcome wrong = run(List.of("SOCKREEL_JAVA_HOME=" + folder), "info");
        assertEquals(1, wrong.err().size());
        assertTrue(wrong.out().getFirst().startsWith("java of " + folder.resolve("jdks/25")));
    }

    @Test
    void linksAndExitCodesPassThrough() throws Exception {
        jar();
        jdk("jdks/25", "25.0.3");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("the root/sockreel"));
        Path second = Files.createSymbolicLink(folder.resolve("tools/sr"), link);
        Outcome outcome = start(List.of("FAKE_EXIT=4"), second.toString(), "verify").get();
        assertEquals(4, outcome.exit());
        assertTrue(outcome.err().isEmpty(), () -> outcome.err().toString());
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        source();
        maven("3.8.7", "cp \"$0\" '" + jarPath() + "'");
        jdk("jdks/25", "25.0.3");
        Running first = start(List.of(), root().resolve("sockreel").toString(), "--version");
        Running second = start(List.of(), root().resolve("sockreel").toString(), "--version");
        List<String> output = new ArrayList<>(first.get().err());
        output.addAll(second.get().err());
        assertEquals(1, output.size(), output::toString);
        assertEquals(1, builds());
        assertTrue(run(List.of(), "--version").err().isEmpty());
        Files.setLastModifiedTime(root().resolve("pom.xml"),
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));
        assertEquals(1, run(List.of(), "--version").err().size());
        assertEquals(2, builds());
    }

    @Test
    void aFailedBuildShowsItsLog() throws Exception {
        source();
        jdk("jdks/25", "25.0.3");
        assertEquals(3, run(List.of(), "--version").exit(), "no Maven");
        maven("3.6.3", "exit 0");
        Outcome old = run(List.of(), "--version");
        assertEquals(3, old.exit());
        assertTrue(old.err().getLast().contains("3.6.3"), () -> old.err().toString());
        maven("4.0.1", "echo '[ERROR] broken'; exit 1");
        Outcome failed = run(List.of(), "--version");
        assertEquals(3, failed.exit());
        assertTrue(failed.err().contains("[ERROR] broken"), () -> failed.err().toString());
        assertFalse(Files.exists(jarPath()));
    }

    private Path root() {
        return folder.resolve("the root");
    }

    private Path jarPath() {
        return root().resolve("analyzer/cli/target/sockreel.jar");
    }

    private void jar() throws IOException {
        Files.createDirectories(jarPath().getParent());
        Files.writeString(jarPath(), "a jar");
    }

    private void source() throws IOException {
        Files.createDirectories(jarPath().getParent());
        Files.writeString(root().resolve("pom.xml"), "<project/>");
    }

    private long builds() throws IOException {
        return Files.readString(folder.resolve("builds")).lines().count();
    }

    /** Makes a java that prints its home and its arguments, one per line. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"y\"\n");
        script(home.resolve("bin/java"),
                "echo 'java of " + home + "'; printf '<%s>\\n' \"$@\"; exit \"${FAKE_EXIT:-0}\"");
        script(home.resolve("bin/javac"), "exit 0");
        // Pretend that class data exists: its creation would go on in the background after the test.
        Path work = Files.createDirectories(root().resolve("target/launcher"));
        Files.writeString(work.resolve(version + ".aot"), "");
        return home;
    }

    private void maven(String version, String build) throws IOException {
        script(folder.resolve("tools/mvn"), "if [ \"$1\" = -v ]; then echo 'Apache Maven " + version
                + " (x)'; exit; fi; echo built >>'" + folder.resolve("builds") + "'; sleep 0.3; " + build);
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        assertTrue(path.toFile().setExecutable(true));
    }

    private Outcome run(List<String> environment, String... args) throws Exception {
        String[] command = new String[args.length + 1];
        command[0] = root().resolve("sockreel").toString();
        System.arraycopy(args, 0, command, 1, args.length);
        return start(environment, command).get();
    }

    private record Running(Process process, Path out, Path err) {
        Outcome get() throws InterruptedException {
            int exit = process.waitFor();
            return new Outcome(exit, lines(out), lines(err));
        }
    }

    private Running start(List<String> environment, String... command) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("SOCKREEL_JAVA_FOLDERS", folder.resolve("jdks").toString());
        for (String word : environment) {
            builder.environment().put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return new Running(builder.start(), out, err);
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
