package dev.sockreel.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code @FuzzTest} methods, which Jazzer fuzzes one after another, guided by the code that an input reaches. */
final class JazzerKind implements Kind {
    private static final Pattern EXECUTED = Pattern.compile("number_of_executed_units: *(\\d+)");
    private static final int MIN_SECONDS = 5;

    private final Path folder = CampaignOptions.FOLDER;
    private @Nullable List<String> targets;
    private int next;

    @Override
    public String name() {
        return "jazzer";
    }

    @Override
    public Material input(RandomGenerator random) {
        return Material.none();
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        List<String> all = targets();
        if (all.isEmpty()) {
            throw new IllegalStateException("no target has a name like " + System.getProperty("campaign.targets"));
        }
        String target = all.get(next++ % all.size());
        long seconds = Math.max(MIN_SECONDS, Long.getLong("campaign.jazzerSeconds", MIN_SECONDS) / all.size());
        fuzz(trial, target.substring(0, target.indexOf("::")), target.substring(target.indexOf("::") + 2), seconds);
    }

    /** Returns CLASS::METHOD of each chosen target. */
    private List<String> targets() throws IOException, InterruptedException {
        List<String> known = targets;
        if (known != null) {
            return known;
        }
        Process process = jazzer("--list_fuzz_tests=:").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> parts = List.of(System.getProperty("campaign.targets", "").split(","));
        List<String> found = new String(process.getInputStream().readAllBytes(), UTF_8).lines()
                .filter(l -> l.contains("::") && parts.stream().anyMatch(l::contains)).sorted().toList();
        process.waitFor();
        targets = found;
        return found;
    }

    private ProcessBuilder jazzer(String... words) {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-XX:+EnableDynamicAgentLoading",
                "--sun-misc-unsafe-memory-access=allow", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        all.addAll(List.of(words));
        return new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    }

    private void fuzz(Trial trial, String testClass, String method, long seconds)
            throws IOException, InterruptedException {
        String name = testClass.substring(testClass.lastIndexOf('.') + 1) + "." + method;
        Path corpus = Files.createDirectories(folder.resolve("corpus").resolve(name));
        Path found = Files.createDirectories(trial.folder().resolve("found"));
        Process process = jazzer("--target_class=" + testClass, "--target_method=" + method,
                "--reproducer_path=" + trial.folder(),
                "--instrumentation_includes=dev.sockreel.**:org.apache.commons.compress.**:org.apache.commons.csv.**",
                "--custom_hook_includes=dev.sockreel.**", "-max_total_time=" + seconds, "-timeout=20",
                "-print_final_stats=1", "-artifact_prefix=" + found + "/", corpus.toString()).start();
        String log = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        Matcher executed = EXECUTED.matcher(log);
        trial.tally().add("commands", executed.find() ? Long.parseLong(executed.group(1)) : 0);
        report(trial, testClass, method, exit, log);
    }

    /** Copies inputs that failed to where the next build replays them. */
    private void report(Trial trial, String testClass, String method, int exit, String log) throws IOException {
        List<Path> inputs;
        try (Stream<Path> all = Files.list(trial.folder().resolve("found"))) {
            inputs = all.filter(f -> !f.getFileName().toString().startsWith("slow-unit-")).toList();
        }
        Path place = folder.resolve("src/test/resources/" + testClass.replace('.', '/') + "Inputs/" + method);
        for (Path input : inputs) {
            Files.createDirectories(place);
            Files.copy(input, place.resolve(input.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        String command = testClass + "::" + method;
        if (!inputs.isEmpty()) {
            String error =
                    log.lines().dropWhile(l -> !l.contains("== Java Exception") && !l.contains("ERROR: libFuzzer"))
                            .limit(8).reduce("", (a, b) -> a + "\n" + b).strip();
            trial.fails("a target holds for every input", command, error + "\n" + place);
        } else if (exit != 0) {
            trial.fails("a target ends", command, "it ended with " + exit + "\n"
                    + log.substring(Math.max(0, log.length() - 2000)));
        }
    }
}
