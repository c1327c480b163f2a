package dev.sockreel.field;

import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The kind of a field and the getter of its value. What is not known is written as nothing. */
public sealed interface FieldValue<T> {
    /** Writes the value alone. */
    <E extends Exception> void write(T of, ValueSink<E> out) throws E;

    /** Returns true if the field does not stand in this object at all. */
    default boolean isLeftOut(T of) {
        return false;
    }

    /**
     * A number.
     *
     * @param unknown the number that the getter returns for none
     */
    record Number<T>(ToLongFunction<T> getter, long unknown) implements FieldValue<T> {
        public @Nullable Long get(T of) {
            long value = getter.applyAsLong(of);
            return value == unknown ? null : value;
        }

        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            long value = getter.applyAsLong(of);
            if (value == unknown) {
                out.nothing();
            } else {
                out.number(value);
            }
        }
    }

    /**
     * An unsigned number of 64 bits as text of its decimal digits, since many readers of JSON cut it to 53 bits.
     *
     * @param unknown the number that the getter returns for none
     */
    record Digits<T>(ToLongFunction<T> getter, long unknown) implements FieldValue<T> {
        public @Nullable String get(T of) {
            long value = getter.applyAsLong(of);
            return value == unknown ? null : Long.toUnsignedString(value);
        }

        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            textOrNothing(get(of), out);
        }
    }

    record Text<T>(Function<T, @Nullable String> getter) implements FieldValue<T> {
        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            textOrNothing(getter.apply(of), out);
        }
    }

    /** Text of a field that is left out where there is none. */
    record OptionalText<T>(Function<T, @Nullable String> getter) implements FieldValue<T> {
        @Override
        public boolean isLeftOut(T of) {
            return getter.apply(of) == null;
        }

        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            textOrNothing(getter.apply(of), out);
        }
    }

    record Truth<T>(Function<T, @Nullable Boolean> getter) implements FieldValue<T> {
        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            Boolean value = getter.apply(of);
            if (value == null) {
                out.nothing();
            } else {
                out.truth(value);
            }
        }
    }

    /** True, or left out; a filter takes it for false where it is left out. */
    record Mark<T>(Predicate<T> getter) implements FieldValue<T> {
        @Override
        public boolean isLeftOut(T of) {
            return !getter.test(of);
        }

        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            out.truth(getter.test(of));
        }
    }

    /** An array of objects with the fields of {@link OwnerFields}. */
    record Owners<T>(Function<T, @Nullable List<Owner>> getter) implements FieldValue<T> {
        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            List<Owner> owners = getter.apply(of);
            if (owners == null) {
                out.nothing();
                return;
            }
            out.beginArray();
            for (Owner owner : owners) {
                out.beginObject();
                for (Field<Owner> field : OwnerFields.ALL) {
                    field.write(owner, out);
                }
                out.endObject();
            }
            out.endArray();
        }
    }

    /** An array of objects with the fields of {@link ThreadFields}; left out where it was not recorded. */
    record Threads(Function<Owner, @Nullable List<ThreadWait>> getter) implements FieldValue<Owner> {
        @Override
        public boolean isLeftOut(Owner of) {
            return getter.apply(of) == null;
        }

        @Override
        public <E extends Exception> void write(Owner of, ValueSink<E> out) throws E {
            List<ThreadWait> threads = getter.apply(of);
            if (threads == null) {
                out.nothing();
                return;
            }
            out.beginArray();
            for (ThreadWait thread : threads) {
                out.beginObject();
                for (Field<ThreadWait> field : ThreadFields.ALL) {
                    field.write(thread, out);
                }
                out.endObject();
            }
            out.endArray();
        }
    }

    /** An object: name of a field that is null → reason. */
    record Reasons<T>(Function<T, Map<String, Unknown>> getter) implements FieldValue<T> {
        @Override
        public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
            out.beginObject();
            for (Map.Entry<String, Unknown> reason : getter.apply(of).entrySet()) {
                out.name(reason.getKey());
                out.text(reason.getValue().id());
            }
            out.endObject();
        }
    }

    /** The object of all attributes. */
    record Attributes() implements FieldValue<SocketRow> {
        @Override
        public <E extends Exception> void write(SocketRow of, ValueSink<E> out) throws E {
            of.attributes(out);
        }
    }

    private static <E extends Exception> void textOrNothing(@Nullable String value, ValueSink<E> out) throws E {
        if (value == null) {
            out.nothing();
        } else {
            out.text(value);
        }
    }
}
