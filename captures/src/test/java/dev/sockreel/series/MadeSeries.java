package dev.sockreel.series;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made series of dumps: messages with cookies, ages and counters, to which anything may be done between two dumps.
 */
public final class MadeSeries {
    /** Offset of the cookie, as inet's messages have it. */
    public static final int COOKIE_AT = 60;
    public static final int WORDS = 60;

    /** Words that are ages, milliseconds. */
    private static final int[] AGES = {41, 43, 44};
    private static final int DONE_BYTES = 20;

    public final Random random;
    public final ByteOrder order;
    /** The messages of the next dump without NLMSG_DONE; not changed in place. */
    public final List<byte[]> messages = new ArrayList<>();
    private long nextCookie = 1;
    private int dump = 3;
    private int seq = 77;
    private long timeNs = 1_764_400_000_000_000_000L;

    public MadeSeries(long seed, ByteOrder order) {
        this.random = new Random(seed);
        this.order = order;
    }

    /** Returns the words that are ages. */
    public static int[] ages() {
        return AGES.clone();
    }

    /** Adds a socket at a place. */
    public void add(int index, int words) {
        ByteBuffer out = ByteBuffer.allocate(words * 4).order(order);
        out.putInt(0, words * 4).putShort(4, (short) 20).putShort(6, (short) 2);
        for (int w = 4; w < words; w++) {
            out.putInt(w * 4, w % 7 == 0 ? random.nextInt() : w);
        }
        if (words * 4 >= COOKIE_AT + 8) {
            out.putLong(COOKIE_AT, nextCookie++);
        }
        messages.add(index, out.array());
    }

    public void addAll(int count) {
        for (int i = 0; i < count; i++) {
            add(messages.size(), WORDS);
        }
    }

    /** Lets the ages of all sockets grow. */
    public void age(int ms) {
        messages.replaceAll(m -> m.length == WORDS * 4 ? grown(m, ms) : m);
    }

    private byte[] grown(byte[] message, int ms) {
        byte[] copy = message.clone();
        for (int word : AGES) {
            add(copy, word, ms);
        }
        return copy;
    }

    public void add(byte[] message, int word, int growth) {
        ByteBuffer in = ByteBuffer.wrap(message).order(order);
        in.putInt(word * 4, in.getInt(word * 4) + growth);
    }

    /** Changes a socket's counters by amounts that do not repeat, and restarts an age. */
    public void touch(int index) {
        byte[] copy = messages.get(index).clone();
        int last = copy.length / 4 - 1;
        for (int k = 1 + random.nextInt(4); k > 0; k--) {
            add(copy, 17 + random.nextInt(last - 17), 1 + random.nextInt(1 << 30));
        }
        messages.set(index, copy);
    }

    /** Does anything to any message: moves, doubles, drops, flips a bit, replaces. */
    public void shake(int times) {
        for (int i = 0; i < times && !messages.isEmpty(); i++) {
            int at = random.nextInt(messages.size());
            switch (random.nextInt(8)) {
                case 0 -> messages.add(random.nextInt(messages.size()), messages.get(at));
                case 1 -> messages.add(random.nextInt(messages.size()), messages.remove(at));
                case 2 -> messages.remove(at);
                case 3, 4 -> {
                    byte[] copy = messages.get(at).clone();
                    copy[16 + random.nextInt(copy.length - 16)] ^= (byte) (1 << random.nextInt(8));
                    messages.set(at, copy);
                }
                case 5 -> add(at, 19 + random.nextInt(90));
                case 6 -> messages.addAll(random.nextInt(messages.size() + 1), block(at));
                default -> messages.removeAll(block(at));
            }
        }
    }

    private List<byte[]> block(int at) {
        return new ArrayList<>(messages.subList(at, Math.min(messages.size(), at + random.nextInt(10))));
    }

    /** Returns the next dump in datagrams of at most 8 messages each, NLMSG_DONE in the last. */
    public List<Datagram> dump() {
        return dump(8);
    }

    public List<Datagram> dump(int mostMessages) {
        List<byte[]> all = new ArrayList<>(messages);
        all.add(done());
        List<Datagram> datagrams = new ArrayList<>();
        begin();
        for (int i = 0; i < all.size(); i += mostMessages) {
            ByteBuf data = Unpooled.buffer();
            all.subList(i, Math.min(all.size(), i + mostMessages)).forEach(m -> data.writeBytes(stamped(m)));
            datagrams.add(datagram(datagrams.size(), data));
        }
        return datagrams;
    }

    /** Begins a dump: numbers and time go on. */
    public void begin() {
        dump += 7;
        seq += 7;
        timeNs += 1_000_000_000;
    }

    public Datagram datagram(int number, ByteBuf data) {
        timeNs += 20_000 + random.nextInt(3) * 1000;
        return new Datagram(dump, number, 0, 0, data.readableBytes(), 0,
                new ReceiveTime(timeNs, timeNs - 1_700_000_000_000_000_000L), data);
    }

    public byte[] done() {
        return ByteBuffer.allocate(DONE_BYTES).order(order)
                .putInt(0, DONE_BYTES).putShort(4, (short) 3).putShort(6, (short) 2).array();
    }

    /** Returns the message with this dump's nlmsg_seq and nlmsg_pid. */
    public byte[] stamped(byte[] message) {
        return ByteBuffer.wrap(message.clone()).order(order).putInt(8, seq).putInt(12, 4711).array();
    }

    /** Returns all fields and bytes of datagrams as text, to be compared. */
    public static List<String> text(List<Datagram> datagrams) {
        return datagrams.stream().map(MadeSeries::text).toList();
    }

    public static String text(Datagram d) {
        return d.dump() + " " + d.number() + " " + d.marks() + " " + d.msgFlags() + " " + d.trueLength() + " "
                + d.senderPid() + " " + d.time() + " "
                + ByteBufUtil.hexDump(d.data(), d.data().readerIndex(), d.data().readableBytes());
    }

    /** Returns a view's datagrams. */
    public static List<Datagram> datagrams(SeriesView view) {
        List<Datagram> all = new ArrayList<>();
        for (int i = 0; i < view.datagrams().count(); i++) {
            all.add(view.datagram(i));
        }
        return all;
    }

    /** Returns a dump with odd datagrams among the others: cut, foreign, empty, of another sender, with other marks. */
    public List<Datagram> oddDump() {
        List<Datagram> all = new ArrayList<>();
        for (Datagram d : dump(1 + random.nextInt(12))) {
            int odd = random.nextInt(30);
            ByteBuf data = d.data();
            long now = random.nextInt(40) == 0 ? ReceiveTime.UNKNOWN : d.time().realtimeNs() + random.nextInt(3);
            ReceiveTime time = new ReceiveTime(now, random.nextInt(40) == 0 ? now : d.time().monotonicNs());
            all.add(switch (odd) {
                case 0 -> new Datagram(d.dump(), d.number(), 0, Datagram.MSG_TRUNC, d.trueLength() + 99, 0, time,
                        data.copy(0, random.nextInt(data.readableBytes())));
                case 1 -> new Datagram(d.dump(), d.number(), 0, 0, d.trueLength(), 4242, time, data);
                case 2 -> new Datagram(d.dump(), d.number(), 1, 64, d.trueLength(), 0, d.time(), data);
                case 3 -> new Datagram(d.dump(), d.number() + 5, 0, 0, d.trueLength(), 0, d.time(), data);
                case 4 -> new Datagram(d.dump() + 1, d.number(), 0, 0, d.trueLength(), 0, d.time(), data);
                case 5 -> new Datagram(d.dump(), d.number(), 0, 0, 0, 0, time, Unpooled.EMPTY_BUFFER);
                case 6 -> flipped(d);
                default -> new Datagram(d.dump(), d.number(), 0, 0, d.trueLength(), 0, time, data);
            });
        }
        return all;
    }

    private Datagram flipped(Datagram d) {
        ByteBuf data = d.data().copy();
        int at = random.nextInt(data.readableBytes());
        data.setByte(at, data.getByte(at) ^ 1 << random.nextInt(8));
        return new Datagram(d.dump(), d.number(), 0, 0, d.trueLength(), 0, d.time(), data);
    }
}
