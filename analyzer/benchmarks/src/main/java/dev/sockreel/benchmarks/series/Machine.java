package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.series.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a result must say of the machine that it was measured on. */
final class Machine {
    /** Returns a sentence: date, processor, kernel, versions of the tools, how busy it is. */
    static String sentence() throws IOException, InterruptedException {
        return LocalDate.now(ZoneOffset.UTC) + ", " + Runtime.getRuntime().availableProcessors() + " CPUs ("
                + processor() + "), Linux " + System.getProperty("os.version") + ", JDK "
                + System.getProperty("java.version") + ", " + version("zstd", "-V") + ", " + version("ss", "-V")
                + "; load average " + Files.readString(Path.of("/proc/loadavg")).split(" ")[0] + " at the begin.";
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(l -> l.startsWith("model name"))
                .map(l -> l.substring(l.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    }

    private static String version(String... command) throws IOException, InterruptedException {
        return Run.output(List.of(), List.of(command)).strip().replaceAll("[*]+ *", "").replaceAll(", by.*", "");
    }

    private Machine() {}
}
