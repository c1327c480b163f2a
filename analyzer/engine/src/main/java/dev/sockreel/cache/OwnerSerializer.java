package dev.sockreel.cache;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.process.CommandLine;
import dev.sockreel.process.Container;
import dev.sockreel.process.ControlGroup;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import java.util.List;

/** Serializes the owners of a socket with their processes. */
final class OwnerSerializer {
    static void owners(Output out, List<Owner> owners) {
        KryoValues.list(out, owners, OwnerSerializer::owner);
    }

    static List<Owner> owners(Input in) {
        return KryoValues.list(in, OwnerSerializer::owner);
    }

    private static void owner(Output out, Owner owner) {
        process(out, owner.process());
        out.writeInt(owner.fd());
        KryoValues.time(out, owner.asOf());
    }

    private static Owner owner(Input in) {
        return new Owner(process(in), in.readInt(), KryoValues.time(in));
    }

    private static void process(Output out, OwnerProcess process) {
        out.writeInt(process.pid());
        KryoValues.string(out, process.comm());
        KryoValues.nullable(out, process.state(), KryoValues::string);
        facts(out, process.facts());
        out.writeLong(process.cpuMs());
        KryoValues.nullable(out, process.threads(), OwnerSerializer::threads);
    }

    private static OwnerProcess process(Input in) {
        return new OwnerProcess(
                in.readInt(), KryoValues.string(in), KryoValues.nullable(in, KryoValues::string), facts(in),
                in.readLong(), KryoValues.nullable(in, OwnerSerializer::threads));
    }

    private static void facts(Output out, ProcessFacts facts) {
        out.writeLong(facts.startedNs());
        KryoValues.nullable(out, facts.cmdline().text(), KryoValues::string);
        out.writeInt(facts.cmdline().flags());
        KryoValues.nullable(out, facts.user(), KryoValues::string);
        KryoValues.nullable(out, facts.cgroup().path(), KryoValues::string);
        KryoValues.nullable(out, facts.cgroup().unit(), KryoValues::string);
        KryoValues.nullable(out, facts.cgroup().container(), OwnerSerializer::container);
        out.writeLong(facts.netns());
        out.writeInt(facts.machine());
    }

    private static ProcessFacts facts(Input in) {
        return new ProcessFacts(
                in.readLong(),
                new CommandLine(KryoValues.nullable(in, KryoValues::string), in.readInt()),
                KryoValues.nullable(in, KryoValues::string),
                new ControlGroup(
                        KryoValues.nullable(in, KryoValues::string), KryoValues.nullable(in, KryoValues::string),
                        KryoValues.nullable(in, OwnerSerializer::container)),
                in.readLong(), in.readInt());
    }

    private static void container(Output out, Container container) {
        KryoValues.string(out, container.id());
        KryoValues.nullable(out, container.runtime(), KryoValues::string);
    }

    private static Container container(Input in) {
        return new Container(KryoValues.string(in), KryoValues.nullable(in, KryoValues::string));
    }

    private static void threads(Output out, List<ThreadWait> threads) {
        KryoValues.list(out, threads, (o, t) -> {
            o.writeInt(t.tid());
            KryoValues.nullable(o, t.state(), KryoValues::string);
            KryoValues.nullable(o, t.syscall(), KryoValues::string);
            o.writeInt(t.fd());
            KryoValues.nullable(o, t.wchan(), KryoValues::string);
            KryoValues.nullable(o, t.why(), KryoValues::string);
        });
    }

    private static List<ThreadWait> threads(Input in) {
        return KryoValues.list(in, i -> new ThreadWait(
                i.readInt(), KryoValues.nullable(i, KryoValues::string), KryoValues.nullable(i, KryoValues::string),
                i.readInt(), KryoValues.nullable(i, KryoValues::string), KryoValues.nullable(i, KryoValues::string)));
    }

    private OwnerSerializer() {}
}
