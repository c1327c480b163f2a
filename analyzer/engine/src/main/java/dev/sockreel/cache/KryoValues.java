package dev.sockreel.cache;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.capture.record.ReceiveTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the values that records consist of. A count larger than the remaining bytes is refused. */
final class KryoValues {
    static void bytes(Output out, byte[] bytes) {
        out.writeInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    static byte[] bytes(Input in) {
        return in.readBytes(count(in, 1));
    }

    /**
     * Reads a count.
     *
     * @param each minimum number of bytes that one item takes
     */
    static int count(Input in, int each) {
        int count = in.readInt(true);
        if (count < 0 || count > (in.limit() - in.position()) / each) {
            throw new KryoException(count + " items, but only " + (in.limit() - in.position()) + " bytes are left");
        }
        return count;
    }

    static void string(Output out, String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String string(Input in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    static <T> void list(Output out, List<? extends T> items, BiConsumer<Output, T> item) {
        out.writeInt(items.size(), true);
        items.forEach(i -> item.accept(out, i));
    }

    static <T> List<T> list(Input in, Function<Input, T> item) {
        int count = count(in, 1);
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.apply(in));
        }
        return items;
    }

    static void strings(Output out, List<String> items) {
        list(out, items, KryoValues::string);
    }

    static List<String> strings(Input in) {
        return list(in, KryoValues::string);
    }

    static <T> void nullable(Output out, @Nullable T value, BiConsumer<Output, T> writer) {
        out.writeBoolean(value != null);
        if (value != null) {
            writer.accept(out, value);
        }
    }

    static <T> @Nullable T nullable(Input in, Function<Input, T> reader) {
        return in.readBoolean() ? reader.apply(in) : null;
    }

    static void constant(Output out, Enum<?> value) {
        out.writeByte(value.ordinal());
    }

    static <E extends Enum<E>> E constant(Input in, Class<E> type) {
        E[] all = type.getEnumConstants();
        int at = in.readByteUnsigned();
        if (all == null || at >= all.length) {
            throw new KryoException("there is no " + type.getSimpleName() + " number " + at);
        }
        return all[at];
    }

    static void time(Output out, ReceiveTime time) {
        out.writeLong(time.realtimeNs());
        out.writeLong(time.monotonicNs());
    }

    static ReceiveTime time(Input in) {
        return new ReceiveTime(in.readLong(), in.readLong());
    }

    private KryoValues() {}
}
