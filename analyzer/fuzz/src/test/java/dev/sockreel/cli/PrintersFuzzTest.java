package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sockreel.capture.PlainFile;
import dev.sockreel.capture.SeedCapture;
import dev.sockreel.cli.files.CaptureInfo;
import dev.sockreel.cli.files.InfoPrinter;
import dev.sockreel.cli.findings.FindingsPrinter;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.show.SocketPrinter;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Scratch;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the commands' output for captures with valid checksums: plain text, well-formed JSON and CSV. */
class PrintersFuzzTest {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    static Stream<byte[]> captures() {
        return Stream.of(SeedCapture.plain());
    }

    /** Runs {@code show}, {@code findings} and {@code info} in every format, and checks standard error, too. */
    @MethodSource("captures")
    @FuzzTest
    void commands(byte[] input) throws IOException {
        Path file = Scratch.file("printed.reel", PlainFile.seal(input));
        InputProblems problems = new InputProblems();
        List<Snapshot> snapshots = new ArrayList<>();
        FindingsRun run = new FindingsRun(new Thresholds(2, Duration.ofSeconds(2)));
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            for (Snapshot s = reader.next(); s != null; s = reader.next()) {
                snapshots.add(s);
                run.add(s);
                problems.add(s, d -> true);
            }
            problems.add(reader.capture());
        } catch (NotACaptureException e) {
            return;
        }
        StringWriter err = new StringWriter();
        problems.print(new PrintWriter(err));
        lines(err.toString());
        Findings findings = run.finish();
        for (Format format : Format.values()) {
            wellFormed(format, sockets(format, snapshots));
            wellFormed(format, printed(out -> FindingsPrinter.of(format, out, true).print(findings)));
            wellFormed(format, printed(out -> {
                InfoPrinter printer = InfoPrinter.of(format, out);
                printer.print(CaptureInfo.read(file, new InputProblems()));
                printer.end();
            }));
        }
    }

    private interface Print {
        void to(Stdout out) throws IOException;
    }

    private static String printed(Print print) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stdout out = new Stdout(bytes);
        print.to(out);
        out.check();
        return bytes.toString(UTF_8);
    }

    private static String sockets(Format format, List<Snapshot> snapshots) throws IOException {
        return printed(out -> {
            SocketPrinter printer = SocketPrinter.of(format, out, true);
            for (Snapshot s : snapshots) {
                new SnapshotSockets(s).forEach(printer::row);
            }
            printer.end();
        });
    }

    private static void wellFormed(Format format, String text) throws IOException {
        switch (format) {
            case TEXT -> lines(text);
            case JSON, NDJSON -> json(text);
            case CSV -> csv(text);
        }
    }

    private static void lines(String text) {
        text.lines().forEach(OneLine::check);
    }

    private static void json(String text) throws IOException {
        try (JsonParser in = JSON.createParser(text)) {
            while (in.nextToken() != null) {
                in.skipChildren();
            }
        }
    }

    private static void csv(String text) throws IOException {
        try (CSVParser in = CSVFormat.RFC4180.parse(new StringReader(text))) {
            int columns = -1;
            for (CSVRecord record : in) {
                columns = columns < 0 ? record.size() : columns;
                assertEquals(columns, record.size(), text);
                record.forEach(OneLine::check);
            }
        }
    }
}
