package dev.sockreel.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.render.CsvLines;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what was imported: for people on standard error, for programs on standard output. */
interface ImportPrinter {
    /**
     * @param source what was read
     * @param format its format
     * @param reel   the capture that was written
     */
    void print(Path source, String format, Path reel, ImportReport report) throws IOException;

    static ImportPrinter of(Format format, Stdout out, PrintWriter err) {
        return switch (format) {
            case TEXT -> (source, kind, reel, report) -> text(source, kind, report, err);
            case JSON -> (source, kind, reel, report) -> Json.document(out, true,
                    json -> write(json, source, kind, reel, report));
            case NDJSON -> (source, kind, reel, report) -> Json.document(out, false,
                    json -> write(json, source, kind, reel, report));
            case CSV -> (source, kind, reel, report) -> csv(source, kind, reel, report, out);
        };
    }

    private static void text(Path source, String format, ImportReport report, PrintWriter err) {
        err.println("%s (%s): %s, %s".formatted(
                Terminal.printable(source.toString()), format, Counted.of(report.snapshots(), "snapshot"),
                Counted.of(report.dumps(), "dump")));
        report.messages().forEach(m -> err.println(Terminal.line(m)));
        report.damages().forEach(d -> err.println(Terminal.line(d)));
    }

    private static void write(JsonGenerator json, Path source, String format, Path reel, ImportReport report)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("source", source.toString());
        json.writeStringField("sourceFormat", format);
        json.writeStringField("file", reel.toString());
        json.writeNumberField("snapshots", report.snapshots());
        json.writeNumberField("dumps", report.dumps());
        sentences(json, "remarks", report.messages());
        sentences(json, "damages", report.damages());
        json.writeEndObject();
    }

    private static void sentences(JsonGenerator json, String field, List<String> sentences) throws IOException {
        json.writeArrayFieldStart(field);
        for (String sentence : sentences) {
            json.writeString(sentence);
        }
        json.writeEndArray();
    }

    /** One line. */
    private static void csv(Path source, String format, Path reel, ImportReport report, Stdout out)
            throws IOException {
        CsvLines csv = new CsvLines(out.writer(), out::check,
                List.of("source", "sourceFormat", "file", "snapshots", "dumps", "remarks", "damages"));
        csv.line(
                Terminal.printable(source.toString()), format, Terminal.printable(reel.toString()),
                report.snapshots(), report.dumps(), joined(report.messages()), joined(report.damages()));
        csv.flush();
    }

    private static String joined(List<String> sentences) {
        return sentences.stream().map(Terminal::sentence).collect(Collectors.joining("; "));
    }
}
