package dev.sockreel.cache;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serializes causes. */
final class CauseSerializer {
    static void cause(Output out, Cause c) {
        KryoValues.string(out, c.id());
        KryoValues.constant(out, c.severity());
        KryoValues.constant(out, c.certainty());
        KryoValues.constant(out, c.what());
        KryoValues.nullable(out, c.processes(), OwnerSerializer::owners);
        out.writeLong(c.netns());
        KryoValues.nullable(out, c.netnsName(), KryoValues::string);
        KryoValues.nullable(out, c.at(), KryoValues::string);
        KryoValues.list(out, List.copyOf(c.remote().entrySet()), CauseSerializer::remote);
        out.writeInt(c.sockets());
        out.writeLong(c.bytes());
        KryoValues.time(out, c.since());
        KryoValues.time(out, c.until());
        KryoValues.time(out, c.atLeastSince());
        KryoValues.nullable(out, c.over(), (o, b) -> o.writeBoolean(b));
        out.writeLong(c.cpuMs());
        KryoValues.nullable(out, c.waitsFor(), KryoValues::string);
        KryoValues.list(out, c.victims(), CauseSerializer::victim);
        KryoValues.list(out, c.findings(), (o, index) -> o.writeInt(index));
        KryoValues.string(out, c.sentence());
        KryoValues.string(out, c.next());
    }

    static Cause cause(Input in) {
        return new Cause(
                KryoValues.string(in), KryoValues.constant(in, Severity.class),
                KryoValues.constant(in, Certainty.class), KryoValues.constant(in, What.class),
                KryoValues.nullable(in, OwnerSerializer::owners), in.readLong(),
                KryoValues.nullable(in, KryoValues::string), KryoValues.nullable(in, KryoValues::string), remote(in),
                in.readInt(), in.readLong(), KryoValues.time(in), KryoValues.time(in), KryoValues.time(in),
                KryoValues.nullable(in, Input::readBoolean), in.readLong(),
                KryoValues.nullable(in, KryoValues::string), KryoValues.list(in, CauseSerializer::victim),
                KryoValues.list(in, Input::readInt), KryoValues.string(in), KryoValues.string(in));
    }

    private static void remote(Output out, Map.Entry<String, Integer> remote) {
        KryoValues.string(out, remote.getKey());
        out.writeInt(remote.getValue());
    }

    private static Map<String, Integer> remote(Input in) {
        Map<String, Integer> remote = new LinkedHashMap<>();
        int count = KryoValues.count(in, 5);
        for (int i = 0; i < count; i++) {
            remote.put(KryoValues.string(in), in.readInt());
        }
        return remote;
    }

    private static void victim(Output out, Victim v) {
        out.writeInt(v.pid());
        KryoValues.string(out, v.comm());
        out.writeLong(v.netns());
        out.writeInt(v.sockets());
        KryoValues.nullable(out, v.blocked(), (o, b) -> o.writeBoolean(b));
        KryoValues.constant(out, v.certainty());
    }

    private static Victim victim(Input in) {
        return new Victim(
                in.readInt(), KryoValues.string(in), in.readLong(), in.readInt(),
                KryoValues.nullable(in, Input::readBoolean), KryoValues.constant(in, Certainty.class));
    }

    private CauseSerializer() {}
}
