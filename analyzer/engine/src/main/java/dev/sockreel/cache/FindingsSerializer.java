package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serializes {@link FindingsAnswer}. */
final class FindingsSerializer extends Serializer<FindingsAnswer> {
    private static final int LONG = 0;
    private static final int INT = 1;
    private static final int STRING = 2;
    private static final int BOOLEAN = 3;

    @Override
    public void write(Kryo kryo, Output out, FindingsAnswer answer) {
        Findings all = answer.findings();
        KryoValues.list(out, all.causes(), CauseSerializer::cause);
        KryoValues.<Finding>list(out, all.findings(), (o, f) -> finding(kryo, o, f));
        KryoValues.list(out, all.dumps(), FindingsSerializer::dump);
        coverage(out, all.coverage());
        last(out, all.last());
        ShortfallsFields.write(out, answer.shortfalls());
    }

    @Override
    public FindingsAnswer read(Kryo kryo, Input in, Class<? extends FindingsAnswer> type) {
        List<Cause> causes = KryoValues.list(in, CauseSerializer::cause);
        List<Finding> findings = KryoValues.list(in, i -> finding(kryo, i));
        List<DumpReport> dumps = KryoValues.list(in, FindingsSerializer::dump);
        return new FindingsAnswer(new Findings(causes, findings, dumps, coverage(in), last(in)),
                ShortfallsFields.read(in));
    }

    private static void finding(Kryo kryo, Output out, Finding f) {
        KryoValues.string(out, f.id());
        KryoValues.string(out, f.cause());
        KryoValues.constant(out, f.severity());
        KryoValues.constant(out, f.certainty());
        SocketSerializers.row(kryo, out, f.socket());
        KryoValues.time(out, f.since());
        KryoValues.time(out, f.until());
        KryoValues.time(out, f.atLeastSince());
        out.writeInt(f.snapshots());
        KryoValues.nullable(out, f.trend(), KryoValues::string);
        KryoValues.list(out, f.evidence(), FindingsSerializer::evidence);
        KryoValues.string(out, f.why());
        KryoValues.string(out, f.next());
    }

    private static Finding finding(Kryo kryo, Input in) {
        return new Finding(
                KryoValues.string(in), KryoValues.string(in), KryoValues.constant(in, Severity.class),
                KryoValues.constant(in, Certainty.class),
                SocketSerializers.row(kryo, in), KryoValues.time(in), KryoValues.time(in), KryoValues.time(in),
                in.readInt(),
                KryoValues.nullable(in, KryoValues::string), KryoValues.list(in, FindingsSerializer::evidence),
                KryoValues.string(in),
                KryoValues.string(in));
    }

    private static void evidence(Output out, Evidence evidence) {
        out.writeInt(evidence.snapshot());
        KryoValues.time(out, evidence.time());
        out.writeInt(evidence.fields().size(), true);
        evidence.fields().forEach((name, value) -> {
            KryoValues.string(out, name);
            value(out, value);
        });
    }

    private static Evidence evidence(Input in) {
        int snapshot = in.readInt();
        var time = KryoValues.time(in);
        Map<String, Object> fields = new LinkedHashMap<>();
        int count = KryoValues.count(in, 2);
        for (int i = 0; i < count; i++) {
            fields.put(KryoValues.string(in), value(in));
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
                KryoValues.string(out, s);
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
            case STRING -> KryoValues.string(in);
            case BOOLEAN -> in.readBoolean();
            default -> throw new KryoException("evidence of the unknown type " + kind);
        };
    }

    private static void dump(Output out, DumpReport dump) {
        out.writeInt(dump.snapshot());
        KryoValues.string(out, dump.family());
        KryoValues.constant(out, dump.verdict());
        KryoValues.list(out, dump.faults(), FindingsSerializer::fault);
        out.writeInt(dump.sockets());
    }

    private static DumpReport dump(Input in) {
        return new DumpReport(
                in.readInt(), KryoValues.string(in), KryoValues.constant(in, DumpVerdict.class),
                KryoValues.list(in, FindingsSerializer::fault), in.readInt());
    }

    private static void fault(Output out, Fault fault) {
        KryoValues.constant(out, fault.kind());
        KryoValues.string(out, fault.where());
        KryoValues.string(out, fault.why());
    }

    private static Fault fault(Input in) {
        return new Fault(KryoValues.constant(in, DumpFault.class), KryoValues.string(in), KryoValues.string(in));
    }

    private static void coverage(Output out, Coverage coverage) {
        out.writeInt(coverage.snapshots());
        out.writeInt(coverage.families().size(), true);
        coverage.families().forEach((family, seen) -> {
            KryoValues.string(out, family);
            out.writeInt(seen.complete());
            out.writeInt(seen.partial());
            out.writeInt(seen.unavailable());
        });
        KryoValues.list(out, coverage.unseen(), FindingsSerializer::total);
    }

    private static Coverage coverage(Input in) {
        int snapshots = in.readInt();
        Map<String, Coverage.Seen> families = new LinkedHashMap<>();
        int count = KryoValues.count(in, 2);
        for (int i = 0; i < count; i++) {
            families.put(KryoValues.string(in), new Coverage.Seen(in.readInt(), in.readInt(), in.readInt()));
        }
        return new Coverage(snapshots, families, KryoValues.list(in, FindingsSerializer::total));
    }

    private static void last(Output out, LastSnapshot last) {
        out.writeInt(last.snapshots());
        out.writeInt(last.needed());
        out.writeInt(last.waiting());
        out.writeLong(last.unreadBytes());
        out.writeLong(last.oldestMs());
        out.writeInt(last.closeWait());
        out.writeInt(last.unaccepted());
    }

    private static LastSnapshot last(Input in) {
        return new LastSnapshot(in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readInt(),
                in.readInt());
    }

    private static void total(Output out, UnseenRun.Total total) {
        Unseen last = total.last();
        KryoValues.string(out, last.id());
        KryoValues.strings(out, last.families());
        KryoValues.string(out, last.why());
        KryoValues.string(out, last.what());
        out.writeLong(last.sockets());
        KryoValues.string(out, last.remedy());
        out.writeBoolean(last.weakens());
        out.writeInt(total.snapshots());
    }

    private static UnseenRun.Total total(Input in) {
        return new UnseenRun.Total(
                new Unseen(KryoValues.string(in), KryoValues.strings(in), KryoValues.string(in), KryoValues.string(in),
                        in.readLong(),
                        KryoValues.string(in), in.readBoolean()),
                in.readInt());
    }
}
