package dev.sockreel.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.recorder.probe.WrappedText;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.UnseenJson;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the {@link CaptureInfo} of each file in one format. */
public interface InfoPrinter {
    void print(CaptureInfo info) throws IOException;

    /** Called after the last file. */
    default void end() throws IOException {
        Stdout.get().check();
    }

    static InfoPrinter of(Format format, Stdout out) throws IOException {
        return switch (format) {
            case TEXT -> info -> text(info, out.writer());
            case JSON -> new JsonArray(out);
            case NDJSON -> info -> ndjson(info, out);
            case CSV -> csv(out);
        };
    }

    private static void text(CaptureInfo info, PrintWriter out) {
        List<String[]> facts = new ArrayList<>();
        facts.add(row("file", info.file().toString()));
        String host = info.host().get(HostEvidence.HOSTNAME);
        facts.add(row("host", (host == null ? "unknown" : host) + kernel(info)));
        facts.add(row("boot", info.host().get(HostEvidence.BOOT_ID)));
        facts.add(row("byte order", order(info.header().order()) + basis(info)));
        facts.add(row("written by", info.header().writer()));
        facts.add(row("imported", imported(info)));
        facts.add(row("namespaces", info.namespaces().stream()
                .map(InfoPrinter::namespace)
                .collect(Collectors.joining(", "))));
        facts.add(row("snapshots", info.snapshots() + span(info)));
        facts.add(row("sockets",
                info.listed() == null ? null : info.listed().sockets() + " in snapshot " + info.listed().snapshot()));
        facts.add(row("owners", owners(info.owners())));
        facts.add(row("closed sockets", closed(info.closed())));
        facts.add(row("size", "%d bytes; %d bytes of records, %s".formatted(
                info.fileBytes(), info.uncompressedBytes(), ratio(info))));
        facts.add(row("end", ending(info)));
        facts.removeIf(r -> r[1].isEmpty());
        TextTable.print(null, facts, c -> false, out);
        out.println();
        families(info, out);
        tables(info, out);
        counters(info, out);
        unseen(info, out);
        notes(info, out);
        out.println();
    }

    private static String[] row(String name, @Nullable String value) {
        return new String[] {name, value == null ? "" : Terminal.printable(value)};
    }

    private static String kernel(CaptureInfo info) {
        String release = info.host().get(HostEvidence.KERNEL_RELEASE);
        String machine = info.host().get(HostEvidence.MACHINE);
        return (release == null ? "" : ", Linux " + release) + (machine == null ? "" : " " + machine);
    }

    private static String imported(CaptureInfo info) {
        String format = info.host().get(HostEvidence.IMPORT_FORMAT);
        return format == null ? "" : "from " + info.host().get(HostEvidence.IMPORTED_FROM) + " (" + format + ")";
    }

    private static String namespace(NetworkNamespace n) {
        return n.inode() == 0 ? "unknown" : n.inode() + (n.name().isEmpty() ? "" : " (" + n.name() + ")");
    }

    private static String order(@Nullable ByteOrder order) {
        return order == null ? "unknown" : order == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
    }

    /** Returns the basis of an import's byte order in parentheses; empty where the source's own bytes show it. */
    private static String basis(CaptureInfo info) {
        String basis = info.host().get(HostEvidence.BYTE_ORDER_BASIS);
        return basis == null ? ""
                : basis.equals(HostEvidence.GIVEN) ? " (given with --byte-order)" : " (" + basis + ")";
    }

    private static String span(CaptureInfo info) {
        String first = Rfc3339.of(info.first().realtimeNs());
        String last = Rfc3339.of(info.last().realtimeNs());
        return first == null ? ", times unknown" : ", " + first + " to " + last;
    }

    private static String owners(OwnerLookUps owners) {
        if (owners.lookUps() == 0) {
            return "";
        }
        String lookedUp = "looked up in " + owners.lookUps() + " of "
                + Counted.of(owners.lookUps() + owners.carried(), "snapshot");
        return owners.maxAgeNs() == 0 ? lookedUp
                : lookedUp + String.format(Locale.ROOT, "; those of the others are up to %.1f s old",
                        owners.maxAgeSeconds());
    }

    private static String closed(ClosedCount closed) {
        return closed.sockets() == 0 ? ""
                : closed.sockets() + " destroyed between snapshots"
                        + (closed.withUnread() == 0 ? ", nothing unread"
                                : ", " + closed.withUnread() + " of them with " + closed.discarded()
                                        + " bytes unread in all (an unread EOF counts 1)");
    }

    private static void counters(CaptureInfo info, PrintWriter out) {
        info.grown().forEach((netns, grown) -> {
            String place = info.namespaces().stream()
                    .filter(n -> n.netns() == netns && info.namespaces().size() > 1)
                    .map(n -> " of namespace " + namespace(n))
                    .findFirst()
                    .orElse("");
            out.println();
            out.println(Terminal.printable("counters" + place + " that grew:"));
            WrappedText.print(out, "  ", grown.entrySet().stream()
                    .map(c -> c.getKey() + " +" + c.getValue())
                    .collect(Collectors.joining(", ")));
        });
    }

    private static String ratio(CaptureInfo info) {
        return info.compressedBytes() == 0
                ? "none"
                : String.format(Locale.ROOT, "compressed %.1f times",
                        info.uncompressedBytes() / (double) info.compressedBytes());
    }

    private static String ending(CaptureInfo info) {
        String end = switch (info.ending()) {
            case CLOSED -> "closed";
            case NOT_CLOSED -> "not closed: still being recorded, or killed";
            case CUT -> "cut off";
        };
        int damaged = info.damages().size();
        return end + (damaged == 0 ? ", undamaged" : ", damaged in " + Counted.of(damaged, "place"));
    }

    private static void families(CaptureInfo info, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        info.families().forEach((id, f) -> rows.add(new String[] {
            id,
            f.isUnavailable() ? "?" : Integer.toString(f.sockets()),
            Long.toString(f.bytes()),
            verdicts(f),
            Terminal.printable(f.fault())
        }));
        if (!rows.isEmpty()) {
            TextTable.print(List.of("FAMILY", "SOCKETS", "BYTES", "DUMPS", "WHY"), rows, c -> c == 1 || c == 2, out);
        }
    }

    private static void tables(CaptureInfo info, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        info.tables().forEach((path, t) -> rows.add(new String[] {
            Terminal.printable(path), Integer.toString(t.sockets()), Long.toString(t.bytes()), t.verdict().id(),
            Terminal.printable(t.fault())
        }));
        if (!rows.isEmpty()) {
            if (!info.families().isEmpty()) {
                out.println();
            }
            TextTable.print(List.of("TABLE", "SOCKETS", "BYTES", "VERDICT", "WHY"), rows, c -> c == 1 || c == 2, out);
        }
    }

    private static String verdicts(CaptureInfo.FamilyInfo f) {
        return f.verdicts().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().id())
                .collect(Collectors.joining(", "));
    }

    private static void unseen(CaptureInfo info, PrintWriter out) {
        if (!info.unseen().isEmpty()) {
            out.println();
            out.println("not shown by this capture:");
            info.unseen().forEach(t -> WrappedText.print(out, "  ", Terminal.printable(t.last().advice())
                    + (t.snapshots() == info.snapshots() ? "" : " (" + t.snapshots() + " of " + info.snapshots()
                            + " snapshots)")));
        }
    }

    private static void notes(CaptureInfo info, PrintWriter out) {
        if (!info.reported().isEmpty()) {
            out.println();
            out.println("reported by the import:");
            info.reported().forEach(sentence -> WrappedText.print(out, "  ", Terminal.printable(sentence)));
        }
        if (!info.notes().isEmpty()) {
            out.println();
            out.println("notes of the recorder:");
            info.notes().forEach((text, count) -> WrappedText.print(out, "  ",
                    Terminal.printable(text) + (count > 1 ? " (" + count + " times)" : "")));
        }
        if (info.unknownRecords() > 0) {
            out.println(Counted.of(
                    info.unknownRecords(), "record of an unknown type was", "records of unknown types were")
                    + " skipped; a newer sockreel may know more types");
        }
    }

    private static void ndjson(CaptureInfo info, Stdout out) throws IOException {
        JsonGenerator json = Json.generator(out);
        write(json, info);
        json.writeRaw('\n');
        json.flush();
    }

    /** Writes one array with an object for each file. */
    final class JsonArray implements InfoPrinter {
        private final JsonGenerator json;

        JsonArray(Stdout out) throws IOException {
            json = Json.generator(out);
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
        }

        @Override
        public void print(CaptureInfo info) throws IOException {
            write(json, info);
        }

        @Override
        public void end() throws IOException {
            json.writeEndArray();
            json.writeRaw('\n');
            json.flush();
            Stdout.get().check();
        }
    }

    private static void write(JsonGenerator json, CaptureInfo info) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", info.file().toString());
        json.writeStringField("captureId", info.header().captureId().toString());
        json.writeNumberField("part", info.header().part());
        json.writeStringField("writer", info.header().writer());
        ByteOrder order = info.header().order();
        json.writeStringField("byteOrder", order == null ? null : order(order));
        json.writeStringField("byteOrderBasis", info.host().get(HostEvidence.BYTE_ORDER_BASIS));
        json.writeObjectFieldStart("host");
        for (Map.Entry<String, String> fact : info.host().facts().entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("namespaces");
        for (NetworkNamespace n : info.namespaces()) {
            json.writeStartObject();
            json.writeNumberField("inode", n.inode());
            json.writeStringField("cookie", n.cookie() == 0 ? null : Long.toUnsignedString(n.cookie()));
            json.writeStringField("name", n.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("snapshots", info.snapshots());
        json.writeStringField("first", Rfc3339.of(info.first().realtimeNs()));
        json.writeStringField("last", Rfc3339.of(info.last().realtimeNs()));
        CaptureInfo.Listed listed = info.listed();
        if (listed == null) {
            json.writeNullField("listed");
        } else {
            json.writeObjectFieldStart("listed");
            json.writeNumberField("snapshot", listed.snapshot());
            json.writeNumberField("sockets", listed.sockets());
            json.writeEndObject();
        }
        writeFamilies(json, info);
        writeTables(json, info);
        writeOwners(json, info.owners());
        writeClosed(json, info.closed());
        writeCounters(json, info);
        UnseenJson.write(json, info.unseen());
        writeSizes(json, info);
        json.writeEndObject();
    }

    private static void writeFamilies(JsonGenerator json, CaptureInfo info) throws IOException {
        json.writeObjectFieldStart("families");
        for (Map.Entry<String, CaptureInfo.FamilyInfo> e : info.families().entrySet()) {
            CaptureInfo.FamilyInfo f = e.getValue();
            json.writeObjectFieldStart(e.getKey());
            if (f.isUnavailable()) {
                json.writeNullField("sockets");
            } else {
                json.writeNumberField("sockets", f.sockets());
            }
            json.writeNumberField("bytes", f.bytes());
            json.writeObjectFieldStart("verdicts");
            for (Map.Entry<DumpVerdict, Integer> v : f.verdicts().entrySet()) {
                json.writeNumberField(v.getKey().id(), v.getValue());
            }
            json.writeEndObject();
            json.writeStringField("why", f.fault().isEmpty() ? null : f.fault());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeOwners(JsonGenerator json, OwnerLookUps owners) throws IOException {
        json.writeObjectFieldStart("owners");
        json.writeNumberField("lookUps", owners.lookUps());
        json.writeNumberField("carriedOver", owners.carried());
        json.writeNumberField("maxAgeSeconds", Math.round(owners.maxAgeSeconds() * 1000) / 1000.0);
        json.writeEndObject();
    }

    private static void writeClosed(JsonGenerator json, ClosedCount closed) throws IOException {
        json.writeObjectFieldStart("closedSockets");
        json.writeNumberField("sockets", closed.sockets());
        json.writeNumberField("withUnread", closed.withUnread());
        json.writeNumberField("discardedBytes", closed.discarded());
        json.writeEndObject();
    }

    private static void writeCounters(JsonGenerator json, CaptureInfo info) throws IOException {
        json.writeArrayFieldStart("grownCounters");
        for (NetworkNamespace netns : info.namespaces()) {
            for (Map.Entry<String, Long> c : info.grown().getOrDefault(netns.netns(), Map.of()).entrySet()) {
                json.writeStartObject();
                json.writeNumberField("netns", netns.inode());
                json.writeStringField("name", c.getKey());
                json.writeNumberField("growth", c.getValue());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeTables(JsonGenerator json, CaptureInfo info) throws IOException {
        json.writeObjectFieldStart("tables");
        for (Map.Entry<String, CaptureInfo.TableInfo> e : info.tables().entrySet()) {
            CaptureInfo.TableInfo t = e.getValue();
            json.writeObjectFieldStart(e.getKey());
            json.writeNumberField("sockets", t.sockets());
            json.writeNumberField("bytes", t.bytes());
            json.writeStringField("verdict", t.verdict().id());
            json.writeStringField("why", t.fault().isEmpty() ? null : t.fault());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeSizes(JsonGenerator json, CaptureInfo info) throws IOException {
        json.writeNumberField("fileBytes", info.fileBytes());
        json.writeNumberField("compressedBytes", info.compressedBytes());
        json.writeNumberField("uncompressedBytes", info.uncompressedBytes());
        json.writeNumberField("unknownRecords", info.unknownRecords());
        json.writeStringField("ending", info.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeArrayFieldStart("notes");
        for (String note : info.notes().keySet()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("reportedByImport");
        for (String sentence : info.reported()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("damages");
        for (Damage d : info.damages()) {
            json.writeStartObject();
            json.writeStringField("kind", d.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("offset", d.offset());
            json.writeNumberField("bytes", d.bytes());
            json.writeNumberField("group", d.group());
            writeKnown(json, "record", d.record());
            writeKnown(json, "dump", d.dump());
            writeKnown(json, "datagram", d.datagram());
            json.writeStringField("why", d.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeKnown(JsonGenerator json, String field, int number) throws IOException {
        if (number < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, number);
        }
    }

    private static InfoPrinter csv(Stdout out) throws IOException {
        CsvLines csv = new CsvLines(out.writer(), out::check,
                List.of("file", "snapshots", "first", "last", "family", "sockets", "bytes", "verdicts", "why"));
        return info -> {
            for (Map.Entry<String, CaptureInfo.FamilyInfo> e : info.families().entrySet()) {
                CaptureInfo.FamilyInfo f = e.getValue();
                csv.line(
                        Terminal.printable(info.file().toString()), info.snapshots(),
                        Rfc3339.of(info.first().realtimeNs()), Rfc3339.of(info.last().realtimeNs()), e.getKey(),
                        f.isUnavailable() ? null : f.sockets(), f.bytes(), verdicts(f),
                        Terminal.printable(f.fault()));
            }
            for (Map.Entry<String, CaptureInfo.TableInfo> e : info.tables().entrySet()) {
                CaptureInfo.TableInfo t = e.getValue();
                csv.line(
                        Terminal.printable(info.file().toString()), info.snapshots(),
                        Rfc3339.of(info.first().realtimeNs()), Rfc3339.of(info.last().realtimeNs()),
                        Terminal.printable(e.getKey()), t.sockets(), t.bytes(), t.verdict().id(),
                        Terminal.printable(t.fault()));
            }
        };
    }
}
