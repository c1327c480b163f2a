package dev.sockreel.benchmarks;

import dev.sockreel.cli.Main;
import dev.sockreel.cli.printing.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Prints 20,000 TCP sockets in each format to nowhere; what {@link #nothing} takes, which reads them and prints none,
 * is not the printers'.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PrintBenchmark {
    private static final int SOCKETS = 20_000;
    private static final String NO_SOCKET = "sport = :1";

    private Path folder = Path.of("");
    private String capture = "";

    @Setup
    public void record() throws IOException {
        folder = Files.createTempDirectory("sockreel-print");
        CountedReel reel = CountedReel.begin(folder, "print.reel");
        reel.begin().dump("tcp4", Sockets.tcp4(), Sockets.loopback(SOCKETS, 5)).end();
        capture = reel.close().toString();
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(Path.of(capture));
        Files.delete(folder);
    }

    private static int run(String... command) {
        int exit = Main.run(Streams.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream()), command);
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
        }
        return exit;
    }

    @Benchmark
    public int nothing() {
        return run("ss", capture, "-tanieomH", NO_SOCKET);
    }

    @Benchmark
    public int ss() {
        return run("ss", capture, "-tanieomH");
    }

    @Benchmark
    public int text() {
        return run("show", capture);
    }

    @Benchmark
    public int csv() {
        return run("show", capture, "--format", "csv");
    }

    @Benchmark
    public int json() {
        return run("show", capture, "--format", "json");
    }
}
