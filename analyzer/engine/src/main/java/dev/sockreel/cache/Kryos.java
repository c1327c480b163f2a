package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.sockdiag.DiagSocket;

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

    private Kryos() {}
}
