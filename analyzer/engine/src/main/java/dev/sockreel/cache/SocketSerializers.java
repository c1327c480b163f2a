package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.snapshot.HeldRow;
import dev.sockreel.snapshot.RowGaps;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.nio.ByteOrder;

/** Serializes rows of sockets. Those of sock_diag are stored as their messages, which are decoded again. */
final class SocketSerializers {
    /** Serializes a queue: its meaning, which is its type, and its number if there is one. */
    static final class OfQueue extends Serializer<Queue> {
        @Override
        public void write(Kryo kryo, Output out, Queue queue) {
            KryoValues.constant(out, queue.meaning());
            KryoValues.nullable(out, queue instanceof Queue.NotKnown n ? n.why() : null, KryoValues::constant);
            out.writeVarLong(queue.kernelNumber(), false);
        }

        @Override
        public Queue read(Kryo kryo, Input in, Class<? extends Queue> type) {
            Queue.Meaning meaning = KryoValues.constant(in, Queue.Meaning.class);
            Unknown why = KryoValues.nullable(in, SocketSerializers::why);
            long number = in.readVarLong(false);
            return why != null ? new Queue.NotKnown(meaning, why) : switch (meaning) {
                case UNREAD_BYTES -> new Queue.UnreadBytes(number);
                case SEQUENCE_BYTES -> new Queue.SequenceBytes(number);
                case PENDING_CONNECTIONS -> new Queue.PendingConnections(number);
                case BACKLOG_LIMIT -> new Queue.BacklogLimit(number);
                case FIRST_DATAGRAM_BYTES -> new Queue.FirstDatagramBytes(number);
                case MEMORY_BYTES -> new Queue.MemoryBytes(number);
                case NOT_MEASURED -> Queue.NOT_MEASURED;
                case NONE -> Queue.NONE;
            };
        }
    }

    static final class OfDiagSocket extends Serializer<DiagSocket> {
        @Override
        public void write(Kryo kryo, Output out, DiagSocket socket) {
            out.writeBoolean(socket.order() == ByteOrder.BIG_ENDIAN);
            out.writeBoolean(socket.attributesBroken());
            write(out, socket.request());
            KryoValues.bytes(out, socket.message());
        }

        private static void write(Output out, DumpRequest r) {
            out.writeInt(r.nlmsgType());
            out.writeInt(r.family());
            out.writeInt(r.protocol());
            out.writeLong(r.states());
            out.writeLong(r.show());
            out.writeBoolean(r.showKnown());
            out.writeBoolean(r.isDump());
            out.writeBoolean(r.narrowed());
            out.writeLong(r.seq());
        }

        private static DumpRequest request(Input in) {
            return new DumpRequest(
                    in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readBoolean(),
                    in.readBoolean(), in.readBoolean(), in.readLong());
        }

        @Override
        public DiagSocket read(Kryo kryo, Input in, Class<? extends DiagSocket> type) {
            ByteOrder order = in.readBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            boolean broken = in.readBoolean();
            DumpRequest request = request(in);
            DiagSocket socket = DiagSocket.of(KryoValues.bytes(in), order, request, broken);
            if (socket == null) {
                throw new KryoException("bytes that are no socket");
            }
            return socket;
        }
    }

    static final class OfProcSocket extends Serializer<ProcSocket> {
        @Override
        public void write(Kryo kryo, Output out, ProcSocket s) {
            KryoValues.string(out, s.netid());
            out.writeInt(s.stateNumber());
            out.writeInt(s.family());
            out.writeInt(s.protocol());
            out.writeLong(s.inode());
            out.writeLong(s.uid());
            out.writeInt(s.ifindex());
            queue(kryo, out, s.recvQ());
            queue(kryo, out, s.sendQ());
            KryoValues.nullable(out, s.local(), AddressSerializer::write);
            KryoValues.nullable(out, s.peer(), AddressSerializer::write);
            out.writeLong(s.drops());
        }

        @Override
        public ProcSocket read(Kryo kryo, Input in, Class<? extends ProcSocket> type) {
            return new ProcSocket(
                    KryoValues.string(in), in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong(),
                    in.readInt(),
                    queue(kryo, in), queue(kryo, in),
                    KryoValues.nullable(in, AddressSerializer::read), KryoValues.nullable(in, AddressSerializer::read),
                    in.readLong());
        }
    }

    static final class OfRow extends Serializer<HeldRow> {
        @Override
        public void write(Kryo kryo, Output out, HeldRow row) {
            out.writeInt(row.snapshot());
            KryoValues.time(out, row.time());
            out.writeLong(row.netns());
            KryoValues.nullable(out, row.netnsName(), KryoValues::string);
            KryoValues.nullable(out, row.identity(), SocketSerializers::identity);
            kryo.writeClassAndObject(out, row.socket());
            KryoValues.nullable(out, row.interfaceName(), KryoValues::string);
            KryoValues.nullable(out, row.peer(), AddressSerializer::write);
            out.writeBoolean(row.isRecorders());
            KryoValues.nullable(out, row.owners(), OwnerSerializer::owners);
            KryoValues.nullable(out, row.peerOwners(), OwnerSerializer::owners);
            KryoValues.<Socket>list(out, row.others(), kryo::writeClassAndObject);
            KryoValues.nullable(out, row.gaps().owners(), KryoValues::constant);
            KryoValues.nullable(out, row.gaps().peerOwners(), KryoValues::constant);
            KryoValues.nullable(out, row.gaps().peer(), KryoValues::constant);
        }

        @Override
        public HeldRow read(Kryo kryo, Input in, Class<? extends HeldRow> type) {
            return new HeldRow(
                    in.readInt(), KryoValues.time(in), in.readLong(),
                    KryoValues.nullable(in, KryoValues::string),
                    KryoValues.nullable(in, SocketSerializers::identity),
                    socket(kryo, in), KryoValues.nullable(in, KryoValues::string),
                    KryoValues.nullable(in, AddressSerializer::read), in.readBoolean(),
                    KryoValues.nullable(in, OwnerSerializer::owners),
                    KryoValues.nullable(in, OwnerSerializer::owners),
                    KryoValues.list(in, i -> socket(kryo, i)),
                    new RowGaps(
                            KryoValues.nullable(in, SocketSerializers::why),
                            KryoValues.nullable(in, SocketSerializers::why),
                            KryoValues.nullable(in, SocketSerializers::why)));
        }
    }

    private static final OfQueue QUEUE = new OfQueue();
    private static final OfRow ROW = new OfRow();

    static void queue(Kryo kryo, Output out, Queue queue) {
        kryo.writeObject(out, queue, QUEUE);
    }

    static Queue queue(Kryo kryo, Input in) {
        return kryo.readObject(in, Queue.class, QUEUE);
    }

    static void row(Kryo kryo, Output out, SocketRow row) {
        kryo.writeObject(out, row.hold(), ROW);
    }

    static SocketRow row(Kryo kryo, Input in) {
        return kryo.readObject(in, HeldRow.class, ROW);
    }

    private static Socket socket(Kryo kryo, Input in) {
        return Kryos.read(kryo, in, Socket.class).orElseThrow(() -> new KryoException("a socket is missing"));
    }

    static void identity(Output out, SocketIdentity identity) {
        KryoValues.string(out, identity.boot());
        out.writeLong(identity.netns());
        KryoValues.string(out, identity.netid());
        out.writeLong(identity.cookie());
        KryoValues.nullable(out, identity.traits(), SocketSerializers::traits);
    }

    private static void traits(Output out, SocketIdentity.Traits traits) {
        out.writeLong(traits.inode());
        KryoValues.string(out, traits.state());
        KryoValues.nullable(out, traits.local(), AddressSerializer::write);
        KryoValues.nullable(out, traits.peer(), AddressSerializer::write);
    }

    static SocketIdentity identity(Input in) {
        return new SocketIdentity(KryoValues.string(in), in.readLong(), KryoValues.string(in), in.readLong(),
                KryoValues.nullable(in, SocketSerializers::traits));
    }

    private static SocketIdentity.Traits traits(Input in) {
        return new SocketIdentity.Traits(
                in.readLong(), KryoValues.string(in), KryoValues.nullable(in, AddressSerializer::read),
                KryoValues.nullable(in, AddressSerializer::read));
    }

    private static Unknown why(Input in) {
        return KryoValues.constant(in, Unknown.class);
    }

    private SocketSerializers() {}
}
