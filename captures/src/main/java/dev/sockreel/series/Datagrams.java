package dev.sockreel.series;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one dump, in the order received, their messages aside. One that is no plain list of the kernel's
 * replies is kept whole instead. It is filled while a dump is read and not changed later.
 */
public final class Datagrams {
    private int count;
    /** The position of the first message. */
    private int[] first = new int[4];
    private int[] messages = new int[4];
    private int[] lengths = new int[4];
    private int[] dumps = new int[4];
    private int[] numbers = new int[4];
    private int[] marks = new int[4];
    private int[] msgFlags = new int[4];
    private long[] realtimes = new long[4];
    private long[] monotonics = new long[4];
    private @Nullable Whole[] whole = new Whole[0];
    private int allMessages;

    /**
     * A datagram that is kept whole.
     *
     * @param trueLength bytes the kernel sent
     * @param senderPid  nl_pid of the sender
     * @param bytes      as received
     */
    public record Whole(long trueLength, long senderPid, byte[] bytes) {}

    /** Appends a datagram; its messages or its bytes are added next. */
    public void add(int dump, int number, int mark, int flags, ReceiveTime time) {
        if (count == first.length) {
            grow();
        }
        first[count] = allMessages;
        messages[count] = 0;
        lengths[count] = 0;
        dumps[count] = dump;
        numbers[count] = number;
        marks[count] = mark;
        msgFlags[count] = flags;
        realtimes[count] = time.realtimeNs();
        monotonics[count] = time.monotonicNs();
        count++;
    }

    private void grow() {
        int size = count * 2;
        first = Arrays.copyOf(first, size);
        messages = Arrays.copyOf(messages, size);
        lengths = Arrays.copyOf(lengths, size);
        dumps = Arrays.copyOf(dumps, size);
        numbers = Arrays.copyOf(numbers, size);
        marks = Arrays.copyOf(marks, size);
        msgFlags = Arrays.copyOf(msgFlags, size);
        realtimes = Arrays.copyOf(realtimes, size);
        monotonics = Arrays.copyOf(monotonics, size);
    }

    /**
     * Adds messages to the last datagram.
     *
     * @param bytes their lengths together
     */
    public void addMessages(int more, int bytes) {
        messages[count - 1] += more;
        lengths[count - 1] += bytes;
        allMessages += more;
    }

    /** Keeps the last datagram whole. */
    public void keepWhole(Whole bytes) {
        if (whole.length < count) {
            whole = Arrays.copyOf(whole, first.length);
        }
        whole[count - 1] = bytes;
        lengths[count - 1] = bytes.bytes.length;
    }

    /** Sets the time of a datagram. */
    public void time(int datagram, long realtimeNs, long monotonicNs) {
        realtimes[datagram] = realtimeNs;
        monotonics[datagram] = monotonicNs;
    }

    public int count() {
        return count;
    }

    /** Returns the number of messages of all datagrams that are not kept whole. */
    public int allMessages() {
        return allMessages;
    }

    /** Returns the position of a datagram's first message in the dump. */
    public int firstMessage(int datagram) {
        return first[datagram];
    }

    /** Returns the number of a datagram's messages, 0 for one that is kept whole. */
    public int messages(int datagram) {
        return messages[datagram];
    }

    /** Returns the length of a datagram, bytes. */
    public int length(int datagram) {
        return lengths[datagram];
    }

    public int dump(int datagram) {
        return dumps[datagram];
    }

    public int number(int datagram) {
        return numbers[datagram];
    }

    public int marks(int datagram) {
        return marks[datagram];
    }

    public int msgFlags(int datagram) {
        return msgFlags[datagram];
    }

    public long realtimeNs(int datagram) {
        return realtimes[datagram];
    }

    public long monotonicNs(int datagram) {
        return monotonics[datagram];
    }

    /** Returns a datagram that is kept whole, null where its messages are in the dump. */
    public @Nullable Whole whole(int datagram) {
        return datagram < whole.length ? whole[datagram] : null;
    }
}
