package dev.sockreel.series;

import static dev.sockreel.series.SeriesState.HEADER_BYTES;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.Unpooled;

/** One dump that does not change: any message by its position, from 0 in the kernel's order. */
public final class SeriesView {
    private static final int SEQ_WORD = 2;
    private static final int PID_WORD = 3;

    final Messages messages;
    final Cookies cookies;
    private final HostWords words;
    private final Datagrams datagrams;
    private final int cookieAt;
    private final int seq;
    private final int pid;

    SeriesView(Messages messages, SeriesState state) {
        this.messages = messages;
        cookies = state.cookies;
        words = state.words();
        datagrams = state.datagrams();
        cookieAt = state.cookieAt();
        seq = state.seq();
        pid = state.pid();
    }

    /** Returns the number of messages; NLMSG_DONE is one, those in datagrams that are kept whole are none. */
    public int size() {
        return messages.size();
    }

    /** Returns the length of a message with its padding. */
    public int length(int position) {
        return messages.bytes(position);
    }

    /** Copies a message as it was received. */
    public void copy(int position, byte[] to, int at) {
        System.arraycopy(messages.chunk(position), messages.at(position), to, at, messages.bytes(position));
        int[] clocked = messages.profile(position).words;
        for (int i = 0; i < clocked.length; i++) {
            words.put(to, at + clocked[i] * 4, messages.rows.ages[position * Rows.AGES + i]);
        }
        words.put(to, at + SEQ_WORD * 4, seq);
        words.put(to, at + PID_WORD * 4, pid);
    }

    /** Returns a 32-bit word of a message, in the host's order; its number times 4 is its offset. */
    public int word(int position, int word) {
        if (word < HEADER_BYTES / 4) {
            return word == SEQ_WORD ? seq : word == PID_WORD ? pid : stored(position, word);
        }
        int clock = messages.profile(position).indexOf(word);
        return clock < 0 ? stored(position, word) : messages.rows.ages[position * Rows.AGES + clock];
    }

    private int stored(int position, int word) {
        if (word >= messages.bytes(position) >> 2) {
            throw new IndexOutOfBoundsException("word " + word + " of message " + position);
        }
        return words.get(messages.chunk(position), messages.at(position) + word * 4);
    }

    /** Returns the number of a message's profile: messages with the same one have the same length. */
    public int profile(int position) {
        return messages.rows.meta[position] & Rows.PROFILE;
    }

    /** Returns the bound of the numbers of profiles. */
    public int profiles() {
        return messages.profiles.size();
    }

    /** Returns the words of messages with a profile that are predicted to grow, in ascending order. */
    public int[] clockedWords(int profile) {
        return messages.profiles.get(profile).words.clone();
    }

    /** Returns the offset of the cookie from a message's begin; {@link Cookies#NONE} for none. */
    public int cookieAt() {
        return cookieAt;
    }

    /** Returns the host's words. */
    public HostWords words() {
        return words;
    }

    /** Returns the datagrams in which the messages came. */
    public Datagrams datagrams() {
        return datagrams;
    }

    /** Returns a datagram as it was received, in an array of its own. */
    public Datagram datagram(int number) {
        Datagrams.Whole whole = datagrams.whole(number);
        byte[] bytes = whole == null ? bytes(number) : whole.bytes();
        return new Datagram(
                datagrams.dump(number), datagrams.number(number), datagrams.marks(number), datagrams.msgFlags(number),
                whole == null ? bytes.length : whole.trueLength(), whole == null ? 0 : whole.senderPid(),
                new ReceiveTime(datagrams.realtimeNs(number), datagrams.monotonicNs(number)),
                Unpooled.wrappedBuffer(bytes));
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[datagrams.length(number)];
        int at = 0;
        int first = datagrams.firstMessage(number);
        for (int i = first; i < first + datagrams.messages(number); i++) {
            copy(i, bytes, at);
            at += messages.bytes(i);
        }
        return bytes;
    }
}
