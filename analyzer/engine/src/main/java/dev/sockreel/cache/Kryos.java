package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.sockdiag.DiagSocket;
import java.util.Optional;

/** What a cache may hold: classes under fixed ids, each with a serializer of its own. */
final class Kryos {
    /** Answer, row, socket, queue. */
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
     * What {@link Kryo#writeClassAndObject} wrote. Its class is looked at before anything of it is read: strings and
     * numbers, which every Kryo knows, believe the counts that they find.
     *
     * @return empty when it is of another type
     */
    static <T> Optional<T> read(Kryo kryo, Input in, Class<T> type) {
        Registration kind = kryo.readClass(in);
        return kind != null && type.isAssignableFrom(kind.getType())
                ? Optional.of(type.cast(kryo.readObject(in, kind.getType())))
                : Optional.empty();
    }

    private Kryos() {}
}
