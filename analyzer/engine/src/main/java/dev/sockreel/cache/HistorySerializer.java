package dev.sockreel.cache;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.history.Counters;
import dev.sockreel.history.Destroyed;
import dev.sockreel.history.HistoryPoint.Gone;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.NotYet;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Moment;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.history.Reading;
import dev.sockreel.history.SocketHistory;
import java.util.List;

/** Serializes {@link HistoryAnswer}. */
final class HistorySerializer extends Serializer<HistoryAnswer> {
    private static final int SEEN = 0;
    private static final int NOT_OBSERVED = 1;
    private static final int GONE = 2;
    private static final int NOT_YET = 3;
    private static final int COUNTER_BYTES = 8;

    @Override
    public void write(Kryo kryo, Output out, HistoryAnswer answer) {
        KryoValues.<Integer>list(out, answer.order(), (o, part) -> o.writeInt(part));
        KryoValues.<HistoryAnswer.Step>list(out, answer.steps(), (o, step) -> {
            o.writeInt(step.part());
            point(kryo, o, step.now());
            KryoValues.nullable(o, step.row(), (p, row) -> SocketSerializers.row(kryo, p, row));
        });
        SocketSerializers.identity(out, answer.history().identity());
        SocketSerializers.row(kryo, out, answer.history().last());
        KryoValues.<HistoryPoint>list(out, answer.history().points(), (o, point) -> point(kryo, o, point));
        KryoValues.nullable(out, answer.history().destroyed(), HistorySerializer::destroyed);
        ShortfallsFields.write(out, answer.shortfalls());
    }

    @Override
    public HistoryAnswer read(Kryo kryo, Input in, Class<? extends HistoryAnswer> type) {
        List<Integer> order = KryoValues.list(in, Input::readInt);
        List<HistoryAnswer.Step> steps = KryoValues.list(in, i -> new HistoryAnswer.Step(
                i.readInt(), point(kryo, i), KryoValues.nullable(i, j -> SocketSerializers.row(kryo, j))));
        SocketHistory history = new SocketHistory(
                SocketSerializers.identity(in), SocketSerializers.row(kryo, in),
                KryoValues.list(in, i -> point(kryo, i)), KryoValues.nullable(in, HistorySerializer::destroyed));
        return new HistoryAnswer(order, steps, history, ShortfallsFields.read(in));
    }

    private static void point(Kryo kryo, Output out, HistoryPoint point) {
        out.writeByte(switch (point) {
            case Seen s -> SEEN;
            case NotObserved n -> NOT_OBSERVED;
            case Gone g -> GONE;
            case NotYet n -> NOT_YET;
        });
        moment(out, point.first());
        moment(out, point.last());
        out.writeInt(point.snapshots());
        switch (point) {
            case Seen s -> reading(kryo, out, s.reading());
            case NotObserved n -> notObservedReason(out, n.why());
            case Gone g -> {}
            case NotYet n -> {}
        }
    }

    private static HistoryPoint point(Kryo kryo, Input in) {
        int kind = in.readByte();
        Moment first = moment(in);
        Moment last = moment(in);
        int snapshots = in.readInt();
        return switch (kind) {
            case SEEN -> new Seen(first, last, snapshots, reading(kryo, in));
            case NOT_OBSERVED -> new NotObserved(first, last, snapshots, notObservedReason(in));
            case GONE -> new Gone(first, last, snapshots);
            case NOT_YET -> new NotYet(first, last, snapshots);
            default -> throw new KryoException("a point of the unknown kind " + kind);
        };
    }

    private static void destroyed(Output out, Destroyed destroyed) {
        KryoValues.time(out, destroyed.time());
        out.writeLong(destroyed.discarded());
    }

    private static Destroyed destroyed(Input in) {
        return new Destroyed(KryoValues.time(in), in.readLong());
    }

    private static void moment(Output out, Moment moment) {
        out.writeInt(moment.turn());
        out.writeInt(moment.snapshot());
        KryoValues.time(out, moment.time());
    }

    private static Moment moment(Input in) {
        return new Moment(in.readInt(), in.readInt(), KryoValues.time(in));
    }

    private static void notObservedReason(Output out, NotObservedReason why) {
        KryoValues.nullable(out, why.family(), KryoValues::string);
        KryoValues.nullable(out, why.verdict(), KryoValues::constant);
        KryoValues.string(out, why.why());
    }

    private static NotObservedReason notObservedReason(Input in) {
        return new NotObservedReason(
                KryoValues.nullable(in, KryoValues::string),
                KryoValues.nullable(in, i -> KryoValues.constant(i, DumpVerdict.class)),
                KryoValues.string(in));
    }

    private static void reading(Kryo kryo, Output out, Reading r) {
        out.writeInt(r.stateNumber());
        KryoValues.string(out, r.state());
        out.writeLong(r.inode());
        SocketSerializers.queue(kryo, out, r.recvQ());
        SocketSerializers.queue(kryo, out, r.sendQ());
        out.writeLong(r.unread());
        KryoValues.nullable(out, r.waiting(), Output::writeBoolean);
        KryoValues.nullable(out, r.eofUnread(), Output::writeBoolean);
        out.writeLong(r.readPosition());
        KryoValues.nullable(out, r.peer(), AddressSerializer::write);
        out.writeLong(r.peerInode());
        KryoValues.nullable(out, r.owners(), OwnerSerializer::owners);
        KryoValues.nullable(out, r.peerOwners(), OwnerSerializer::owners);
        KryoValues.nullable(out, r.ulp(), KryoValues::string);
        KryoValues.string(out, r.source());
        counters(out, r.counters());
    }

    private static Reading reading(Kryo kryo, Input in) {
        return new Reading(
                in.readInt(), KryoValues.string(in), in.readLong(), SocketSerializers.queue(kryo, in),
                SocketSerializers.queue(kryo, in), in.readLong(), KryoValues.nullable(in, Input::readBoolean),
                KryoValues.nullable(in, Input::readBoolean), in.readLong(),
                KryoValues.nullable(in, AddressSerializer::read), in.readLong(),
                KryoValues.nullable(in, OwnerSerializer::owners), KryoValues.nullable(in, OwnerSerializer::owners),
                KryoValues.nullable(in, KryoValues::string), KryoValues.string(in), counters(in));
    }

    private static void counters(Output out, Counters counters) {
        long[] values = counters.values();
        out.writeInt(counters.present());
        out.writeInt(values.length, true);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static Counters counters(Input in) {
        int present = in.readInt();
        long[] values = new long[KryoValues.count(in, COUNTER_BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return Counters.of(present, values);
    }
}
