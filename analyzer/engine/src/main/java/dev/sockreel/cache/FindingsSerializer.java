package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.snapshot.DumpFault;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Fault;
import dev.sockreel.snapshot.Severity;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link FindingsAnswer}. */
final class FindingsSerializer extends Serializer<FindingsAnswer> {
    private static final int LONG = 0;
    private static final int INT = 1;
    private static final int STRING = 2;
    private static final int BOOLEAN = 3;

    @Override
    public void write(Kryo kryo, Output out, FindingsAnswer answer) {
        Findings all = answer.findings();
        Fields.<Finding>list(out, all.findings(), (o, f) -> finding(kryo, o, f));
        Fields.list(out, all.dumps(), FindingsSerializer::dump);
        coverage(out, all.coverage());
        ShortfallsFields.write(out, answer.shortfalls());
    }

    @Override
    public FindingsAnswer read(Kryo kryo, Input in, Class<? extends FindingsAnswer> type) {
        List<Finding> findings = Fields.list(in, i -> finding(kryo, i));
        List<DumpReport> dumps = Fields.list(in, FindingsSerializer::dump);
        return new FindingsAnswer(new Findings(findings, dumps, coverage(in)), ShortfallsFields.read(in));
    }

    private static void finding(Kryo kryo, Output out, Finding f) {
        Fields.string(out, f.id());
        Fields.constant(out, f.severity());
        Fields.constant(out, f.certainty());
        SocketSerializers.row(kryo, out, f.socket());
        Fields.time(out, f.since());
        Fields.time(out, f.until());
        out.writeInt(f.snapshots());
        Fields.nullable(out, f.trend(), Fields::string);
        Fields.list(out, f.evidence(), FindingsSerializer::evidence);
        Fields.string(out, f.why());
        Fields.string(out, f.next());
    }

    private static Finding finding(Kryo kryo, Input in) {
        return new Finding(
                Fields.string(in), Fields.constant(in, Severity.class), Fields.constant(in, Certainty.class),
                SocketSerializers.row(kryo, in), Fields.time(in), Fields.time(in), in.readInt(),
                Fields.nullable(in, Fields::string), Fields.list(in, FindingsSerializer::evidence), Fields.string(in),
                Fields.string(in));
    }

    private static void evidence(Output out, Evidence evidence) {
        out.writeInt(evidence.snapshot());
        Fields.time(out, evidence.time());
        out.writeInt(evidence.fields().size(), true);
        evidence.fields().forEach((name, value) -> {
            Fields.string(out, name);
            value(out, value);
        });
    }

    private static Evidence evidence(Input in) {
        int snapshot = in.readInt();
        var time = Fields.time(in);
        Map<String, Object> fields = new LinkedHashMap<>();
        int count = Fields.count(in, 2);
        for (int i = 0; i < count; i++) {
            fields.put(Fields.string(in), value(in));
        }
        return new Evidence(snapshot, time, fields);
    }

    private static void value(Output out, Object value) {
        switch (value) {
            case Long n -> {
                out.writeByte(LONG);
                out.writeLong(n);
            }
            case Integer n -> {
                out.writeByte(INT);
                out.writeInt(n);
            }
            case String s -> {
                out.writeByte(STRING);
                Fields.string(out, s);
            }
            case Boolean b -> {
                out.writeByte(BOOLEAN);
                out.writeBoolean(b);
            }
            default -> throw new IllegalArgumentException("evidence of an unknown type: " + value.getClass());
        }
    }

    private static Object value(Input in) {
        int kind = in.readByte();
        return switch (kind) {
            case LONG -> in.readLong();
            case INT -> in.readInt();
            case STRING -> Fields.string(in);
            case BOOLEAN -> in.readBoolean();
            default -> throw new KryoException("evidence of the unknown type " + kind);
        };
    }

    private static void dump(Output out, DumpReport dump) {
        out.writeInt(dump.snapshot());
        Fields.string(out, dump.family());
        Fields.constant(out, dump.verdict());
        Fields.list(out, dump.faults(), FindingsSerializer::fault);
        out.writeInt(dump.sockets());
    }

    private static DumpReport dump(Input in) {
        return new DumpReport(
                in.readInt(), Fields.string(in), Fields.constant(in, DumpVerdict.class),
                Fields.list(in, FindingsSerializer::fault), in.readInt());
    }

    private static void fault(Output out, Fault fault) {
        Fields.constant(out, fault.kind());
        Fields.string(out, fault.where());
        Fields.string(out, fault.why());
    }

    private static Fault fault(Input in) {
        return new Fault(Fields.constant(in, DumpFault.class), Fields.string(in), Fields.string(in));
    }

    private static void coverage(Output out, Coverage coverage) {
        out.writeInt(coverage.snapshots());
        out.writeInt(coverage.families().size(), true);
        coverage.families().forEach((family, seen) -> {
            Fields.string(out, family);
            out.writeInt(seen.complete());
            out.writeInt(seen.partial());
            out.writeInt(seen.unavailable());
        });
        Fields.list(out, coverage.unseen(), FindingsSerializer::told);
    }

    private static Coverage coverage(Input in) {
        int snapshots = in.readInt();
        Map<String, Coverage.Seen> families = new LinkedHashMap<>();
        int count = Fields.count(in, 2);
        for (int i = 0; i < count; i++) {
            families.put(Fields.string(in), new Coverage.Seen(in.readInt(), in.readInt(), in.readInt()));
        }
        return new Coverage(snapshots, families, Fields.list(in, FindingsSerializer::told));
    }

    private static void told(Output out, UnseenRun.Told told) {
        Unseen last = told.last();
        Fields.string(out, last.id());
        Fields.strings(out, last.families());
        Fields.string(out, last.why());
        Fields.string(out, last.what());
        out.writeLong(last.sockets());
        Fields.string(out, last.remedy());
        out.writeBoolean(last.weakens());
        out.writeInt(told.snapshots());
    }

    private static UnseenRun.Told told(Input in) {
        return new UnseenRun.Told(
                new Unseen(Fields.string(in), Fields.strings(in), Fields.string(in), Fields.string(in), in.readLong(),
                        Fields.string(in), in.readBoolean()),
                in.readInt());
    }
}
