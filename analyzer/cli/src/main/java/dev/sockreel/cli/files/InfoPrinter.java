package dev.sockreel.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.UnseenJson;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the {@link CaptureInfo} of each file in one format. */
public interface InfoPrinter {
    void print(CaptureInfo info) throws IOException;

    /** Called after the last file. */
    default void end() throws IOException {
        Stdout.get().check();
    }

    static InfoPrinter of(Format format, Stdout out) throws IOException {
        return of(format, ShownTimes.UTC, out);
    }

    static InfoPrinter of(Format format, ShownTimes times, Stdout out) throws IOException {
        return switch (format) {
            case TEXT -> info -> InfoText.print(info, times, out.text());
            case JSON -> new JsonArray(out);
            case NDJSON -> info -> ndjson(info, out);
            case CSV -> new Csv(out);
        };
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
        json.writeStringField("byteOrder", order == null ? null : InfoText.order(order));
        json.writeStringField("byteOrderBasis", info.host().get(HostEvidence.BYTE_ORDER_BASIS));
        json.writeFieldName("host");
        HostJson.write(json, info.host());
        json.writeArrayFieldStart("namespaces");
        for (NetworkNamespace n : info.namespaces()) {
            json.writeStartObject();
            json.writeNumberField("inode", n.inode());
            json.writeStringField("cookie", n.cookie() == 0 ? null : Long.toUnsignedString(n.cookie()));
            json.writeStringField("name", n.name().isEmpty() ? null : n.name());
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

    /** Writes a line for each family, and for each table of /proc/net that stands in for one. */
    final class Csv implements InfoPrinter {
        private final CsvLines csv;

        Csv(Stdout out) throws IOException {
            csv = new CsvLines(out.writer(), out::check,
                    List.of("file", "snapshots", "first", "last", "family", "sockets", "bytes", "verdicts", "why"));
        }

        @Override
        public void print(CaptureInfo info) throws IOException {
            for (Map.Entry<String, CaptureInfo.FamilyInfo> e : info.families().entrySet()) {
                CaptureInfo.FamilyInfo f = e.getValue();
                csv.line(
                        Terminal.printable(info.file().toString()), info.snapshots(),
                        Rfc3339.of(info.first().realtimeNs()), Rfc3339.of(info.last().realtimeNs()), e.getKey(),
                        f.isUnavailable() ? null : f.sockets(), f.bytes(), InfoText.verdicts(f),
                        Terminal.sentence(f.fault()));
            }
            for (Map.Entry<String, CaptureInfo.TableInfo> e : info.tables().entrySet()) {
                CaptureInfo.TableInfo t = e.getValue();
                csv.line(
                        Terminal.printable(info.file().toString()), info.snapshots(),
                        Rfc3339.of(info.first().realtimeNs()), Rfc3339.of(info.last().realtimeNs()),
                        Terminal.printable(e.getKey()), t.sockets(), t.bytes(), t.verdict().id(),
                        Terminal.sentence(t.fault()));
            }
        }

        @Override
        public void end() throws IOException {
            csv.flush();
        }
    }
}
