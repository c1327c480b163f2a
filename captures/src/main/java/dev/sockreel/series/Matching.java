package dev.sockreel.series;

import static dev.sockreel.series.SeriesState.HEADER_BYTES;
import static dev.sockreel.series.SeriesState.MAX_MESSAGE_BYTES;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.nlmsg.Nlmsghdr;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Takes a dump as datagrams: each message is matched with its like of the dump before. */
public final class Matching {
    private static final int SEQ_WORD = 2;
    private static final int PID_WORD = 3;

    /** What became of a message. */
    public enum Fate {
        AS_PREDICTED,
        CHANGED,
        APPEARED
    }

    private final SeriesState state;
    private final HostWords words;
    private final Meeting meeting;
    private final CookieTable table;
    private final ChangedWords changed = new ChangedWords();
    private boolean isTableBuilt;
    private Datagrams datagrams = new Datagrams();
    private boolean isSeqKnown;
    private int seq;
    private int pid;

    private byte[] copied = new byte[0];
    private byte[] bytes = copied;
    private int at;
    private int end;

    private int message;
    private int messageBytes;
    private int jump;
    private boolean wasHot;

    Matching(SeriesState state) {
        this.state = state;
        this.words = state.words;
        this.meeting = new Meeting(state);
        this.table = new CookieTable(state.cookies, state.budget, state.messages);
    }

    /** Begins a dump. */
    public void start() {
        state.structure.start();
        isTableBuilt = false;
        isSeqKnown = false;
        seq = state.seq();
        pid = state.pid();
        datagrams = new Datagrams();
    }

    /** Begins a datagram; returns false for one that is kept whole, which has no messages to take. */
    public boolean begin(Datagram datagram) {
        datagrams.add(datagram.dump(), datagram.number(), datagram.marks(), datagram.msgFlags(), datagram.time());
        ByteBuf data = datagram.data();
        int length = data.readableBytes();
        if (data.hasArray()) {
            bytes = data.array();
            at = data.arrayOffset() + data.readerIndex();
        } else {
            copied = copied.length < length ? new byte[length * 2] : copied;
            data.getBytes(data.readerIndex(), copied, 0, length);
            bytes = copied;
            at = 0;
        }
        end = at + length;
        int count = isPlain(datagram) ? count() : 0;
        if (count == 0) {
            datagrams.keepWhole(new Datagrams.Whole(
                    datagram.trueLength(), datagram.senderPid(), Arrays.copyOfRange(bytes, at, end)));
            return false;
        }
        datagrams.addMessages(count, length);
        return true;
    }

    private static boolean isPlain(Datagram datagram) {
        return datagram.senderPid() == 0 && (datagram.msgFlags() & Datagram.MSG_TRUNC) == 0
                && datagram.trueLength() == datagram.data().readableBytes();
    }

    /** Counts the messages; 0 if not all of them are whole replies of this dump. */
    private int count() {
        int count = 0;
        for (int m = at; m < end; count++) {
            if (end - m < HEADER_BYTES) {
                return 0;
            }
            int length = words.get(bytes, m);
            if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES || Nlmsghdr.align(length) > end - m
                    || !isReply(words.get16(bytes, m + 4)) || !isOfDump(m)) {
                return 0;
            }
            m += Nlmsghdr.align(length);
        }
        return count;
    }

    private static boolean isReply(int type) {
        return type == Nlmsghdr.SOCK_DIAG_BY_FAMILY || type == Nlmsghdr.TCPDIAG_GETSOCK || type == Nlmsghdr.NLMSG_DONE;
    }

    /** Checks nlmsg_seq and nlmsg_pid, which the dump's first reply sets. */
    private boolean isOfDump(int m) {
        int thisSeq = words.get(bytes, m + SEQ_WORD * 4);
        int thisPid = words.get(bytes, m + PID_WORD * 4);
        if (!isSeqKnown) {
            isSeqKnown = true;
            seq = thisSeq;
            pid = thisPid;
        }
        return seq == thisSeq && pid == thisPid;
    }

    /** Returns whether the datagram has another message. */
    public boolean hasNext() {
        return at < end;
    }

    /** Takes the next message. */
    public Fate next() throws SeriesTooLargeException {
        message = at;
        messageBytes = Nlmsghdr.align(words.get(bytes, message));
        at += messageBytes;
        Structure structure = state.structure;
        jump = 0;
        if (!isExpected()) {
            int old = find();
            if (old < 0) {
                appear();
                return Fate.APPEARED;
            }
            jump = old - structure.expected();
            structure.jump(old);
        }
        int old = structure.expected();
        Profile profile = meeting.meet(old);
        wasHot = Rows.isHot(state.messages.rows.meta[old]);
        if (isAsPredicted(old, profile)) {
            meeting.keep(old, profile);
            structure.pass(1);
            return Fate.AS_PREDICTED;
        }
        change(old, profile);
        return Fate.CHANGED;
    }

    private boolean isExpected() {
        Structure structure = state.structure;
        if (!structure.hasExpected()) {
            return false;
        }
        int old = structure.expected();
        Messages messages = state.messages;
        Cookies cookies = state.cookies;
        return messages.bytes(old) == messageBytes
                && cookies.key(messages.chunk(old), messages.at(old), messageBytes) == cookies.key(bytes, message,
                        messageBytes);
    }

    private int find() throws SeriesTooLargeException {
        if (!isTableBuilt) {
            table.build(state.messages);
            isTableBuilt = true;
        }
        int old = table.find(bytes, message, messageBytes);
        return old >= 0 && state.structure.isMet(old) ? -1 : old;
    }

    private void appear() throws SeriesTooLargeException {
        Messages messages = state.messages;
        Profile plain = messages.profiles.shape(messageBytes).plain();
        int place = messages.chunks.add(messageBytes);
        store(place);
        state.structure.appear(place, plain);
    }

    /** Copies the message; words that are the dump's are not kept with it. */
    private void store(int place) {
        byte[] chunk = state.messages.chunks.bytes(place);
        int to = Chunks.at(place);
        System.arraycopy(bytes, message, chunk, to, messageBytes);
        words.put(chunk, to + SEQ_WORD * 4, 0);
        words.put(chunk, to + PID_WORD * 4, 0);
    }

    private boolean isAsPredicted(int old, Profile profile) {
        Messages messages = state.messages;
        int[] ages = messages.rows.ages;
        int[] clocked = profile.words;
        for (int i = 0; i < clocked.length; i++) {
            int word = clocked[i];
            if (words.get(bytes, message + word * 4) != ages[old * Rows.AGES + i] + profile.shape.usual[word]) {
                return false;
            }
        }
        byte[] chunk = messages.chunk(old);
        int from = messages.at(old);
        int[] stretches = profile.stretches;
        for (int i = stretches.length - 2; i >= 0; i -= 2) {
            int begin = stretches[i];
            int stop = stretches[i + 1];
            if (!Arrays.equals(bytes, message + begin, message + stop, chunk, from + begin, from + stop)) {
                return false;
            }
        }
        return HostWords.eight(bytes, message) == HostWords.eight(chunk, from);
    }

    private void change(int old, Profile profile) throws SeriesTooLargeException {
        collect(old, profile);
        Rows rows = state.messages.rows;
        rows.places[old] = state.messages.chunks.writable(rows.places[old], messageBytes);
        store(rows.places[old]);
        meeting.change(old, profile, changed);
    }

    private void collect(int old, Profile profile) {
        Messages messages = state.messages;
        byte[] chunk = messages.chunk(old);
        int from = messages.at(old);
        changed.clear();
        for (int word = 0; word < messageBytes >> 2; word++) {
            if (word == SEQ_WORD || word == PID_WORD) {
                continue;
            }
            int clock = profile.indexOf(word);
            int growth = clock < 0 ? 0 : profile.shape.usual[word];
            int was = clock < 0 ? words.get(chunk, from + word * 4) : messages.rows.ages[old * Rows.AGES + clock];
            int error = words.get(bytes, message + word * 4) - was - growth;
            if (error != 0) {
                changed.add(word, error, error + growth);
            }
        }
        changed.compare(profile);
    }

    /** Ends the dump. */
    public SeriesChanges end() throws SeriesTooLargeException {
        SeriesChanges changes = state.end(seq, pid);
        state.received(datagrams);
        return changes;
    }

    /** Returns the datagrams begun so far. */
    public Datagrams datagrams() {
        return datagrams;
    }

    /** Returns nlmsg_seq of the dump, that of the dump before while no message was taken. */
    public int seq() {
        return seq;
    }

    public int pid() {
        return pid;
    }

    /** Returns the array with the last message taken. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the offset of the last message taken in its array. */
    public int message() {
        return message;
    }

    /** Returns the length of the last message taken, with padding. */
    public int messageBytes() {
        return messageBytes;
    }

    /** Returns how far the last message taken was from where it was expected, 0 for not at all. */
    public int jump() {
        return jump;
    }

    /** Returns whether the last message taken had changed in one of the last dumps. */
    public boolean wasHot() {
        return wasHot;
    }

    /** Returns what was not as predicted in the last message taken. */
    public ChangedWords changed() {
        return changed;
    }
}
