package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.sockdiag.DiagSocket;
import java.util.Optional;

/** The classes that a cache may hold, under fixed ids, each with its own serializer. */
final class Kryos {
    /** Limit for nesting: answer, row, socket, queue. */
    private static final int MAX_DEPTH = 8;

    static {
        // read once, when Kryo is first used; sun.misc.Unsafe warns on new JDKs
        System.setProperty("kryo.unsafe", "false");
    }

    static Kryo create() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(MAX_DEPTH);
        kryo.register(FindingsAnswer.class, new FindingsSerializer(), 20);
        kryo.register(HistoryAnswer.class, new HistorySerializer(), 21);
        kryo.register(DiagSocket.class, new SocketSerializers.OfDiagSocket(), 22);
        kryo.register(ProcSocket.class, new SocketSerializers.OfProcSocket(), 23);
        return kryo;
    }

    /**
     * Reads what {@link Kryo#writeClassAndObject} wrote. The class is checked before anything of the object is read:
     * every Kryo knows strings and numbers, and trusts the counts in them.
     *
     * @return empty when it is of another type
     */
    static <T> Optional<T> read(Kryo kryo, Input in, Class<T> type) {
        Registration kind = kryo.readClass(in);
        Class<?> read = kind == null ? Object.class : kind.getType();
        return type.isAssignableFrom(read) ? Optional.of(type.cast(kryo.readObject(in, read))) : Optional.empty();
    }

    private Kryos() {}
}
