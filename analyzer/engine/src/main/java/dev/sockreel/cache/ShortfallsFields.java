package dev.sockreel.cache;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.reading.RepeatedSnapshots;

/** Serializes {@link Shortfalls} as a part of an answer. */
final class ShortfallsFields {
    static void write(Output out, Shortfalls shortfalls) {
        KryoValues.list(out, shortfalls.repeats(), (o, repeat) -> {
            o.writeInt(repeat.file());
            o.writeInt(repeat.earlier());
            o.writeInt(repeat.snapshots());
        });
        KryoValues.strings(out, shortfalls.unavailable());
        KryoValues.strings(out, shortfalls.incomplete());
        KryoValues.list(out, shortfalls.damage(), (o, harm) -> {
            o.writeInt(harm.file());
            KryoValues.string(o, harm.what());
        });
        KryoValues.strings(out, shortfalls.recovered());
    }

    static Shortfalls read(Input in) {
        return new Shortfalls(
                KryoValues.list(in, i -> new RepeatedSnapshots.Repeat(i.readInt(), i.readInt(), i.readInt())),
                KryoValues.strings(in), KryoValues.strings(in),
                KryoValues.list(in, i -> new Shortfalls.Harm(i.readInt(), KryoValues.string(i))),
                KryoValues.strings(in));
    }

    private ShortfallsFields() {}
}
