package dev.sockreel.cache;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** {@link Shortfalls} as a part of an answer. */
final class ShortfallsFields {
    static void write(Output out, Shortfalls shortfalls) {
        Fields.strings(out, shortfalls.unavailable());
        Fields.strings(out, shortfalls.incomplete());
        Fields.list(out, shortfalls.damage(), (o, harm) -> {
            o.writeInt(harm.file());
            Fields.string(o, harm.what());
        });
        Fields.strings(out, shortfalls.recovered());
    }

    static Shortfalls read(Input in) {
        return new Shortfalls(
                Fields.strings(in), Fields.strings(in),
                Fields.list(in, i -> new Shortfalls.Harm(i.readInt(), Fields.string(i))), Fields.strings(in));
    }

    private ShortfallsFields() {}
}
