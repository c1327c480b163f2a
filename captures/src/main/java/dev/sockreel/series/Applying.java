package dev.sockreel.series;

import java.util.Arrays;

/** Takes a dump as what is not predicted. The caller checks what {@code hasExpected} and others say before. */
public final class Applying {
    private final SeriesState state;
    private final Meeting meeting;
    private final ChangedWords changed = new ChangedWords();
    private byte[] bytes = new byte[0];
    private int message;
    private int messageBytes;
    private Profile profile;

    Applying(SeriesState state) {
        this.state = state;
        this.meeting = new Meeting(state);
        this.profile = new Profile(0, new Shape(0), new int[0]);
    }

    /** Begins a dump. */
    public void start() {
        state.structure.start();
    }

    /** Returns the number of messages taken. */
    public int position() {
        return state.structure.position();
    }

    /** Returns whether the message that is expected next exists and was not met yet. */
    public boolean hasExpected() {
        return state.structure.hasExpected();
    }

    /** Returns whether the message that is expected next changed in one of the last dumps. */
    public boolean isHot() {
        return Rows.isHot(state.messages.rows.meta[state.structure.expected()]);
    }

    /** Takes the expected message as predicted. */
    public void keep() {
        int old = state.structure.expected();
        meeting.keep(old, meeting.meet(old));
        state.structure.pass(1);
    }

    /**
     * Takes messages as predicted up to one that is hot or not there.
     *
     * @param most of them
     * @return how many
     */
    public int keepCold(int most) {
        Structure structure = state.structure;
        int left = structure.expectedInOrder(most);
        int taken = 0;
        while (left > 0 && !isHot()) {
            int old = structure.expected();
            int kept = keepAlike(old, left, meeting.meet(old));
            structure.pass(kept);
            taken += kept;
            left -= kept;
        }
        return taken;
    }

    /** Passes messages of one profile; this is all that most sockets of most dumps cost. */
    private int keepAlike(int old, int most, Profile alike) {
        alike.shape.latest(alike);
        int[] words = alike.words;
        int[] usual = alike.shape.usual;
        int growth0 = words.length > 0 ? usual[words[0]] : 0;
        int growth1 = words.length > 1 ? usual[words[1]] : 0;
        int growth2 = words.length > 2 ? usual[words[2]] : 0;
        int growth3 = words.length > 3 ? usual[words[3]] : 0;
        int[] meta = state.messages.rows.meta;
        int[] ages = state.messages.rows.ages;
        int end = old + most;
        int i = old;
        for (int at = old * Rows.AGES; i < end && meta[i] == alike.id; i++, at += Rows.AGES) {
            ages[at] += growth0;
            ages[at + 1] += growth1;
            ages[at + 2] += growth2;
            ages[at + 3] += growth3;
        }
        return i - old;
    }

    /** Begins to take a message that is not as predicted: {@link #bytes} has the prediction, to be overwritten. */
    public void beginChange() throws SeriesTooLargeException {
        int old = state.structure.expected();
        Rows rows = state.messages.rows;
        profile = meeting.meet(old);
        messageBytes = profile.shape.bytes;
        rows.places[old] = state.messages.chunks.writable(rows.places[old], messageBytes);
        bytes = state.messages.chunk(old);
        message = state.messages.at(old);
        for (int i = 0; i < profile.words.length; i++) {
            int word = profile.words[i];
            state.words.put(bytes, message + word * 4, rows.ages[old * Rows.AGES + i] + profile.shape.usual[word]);
        }
        changed.clear();
    }

    /** Returns by how much a word of the message at work was predicted to grow. */
    public int predictedGrowth(int word) {
        return profile.has(word) ? profile.shape.usual[word] : 0;
    }

    /** Returns whether so many words are exactly those of the message at work that grow by themselves. */
    public boolean isClockMove(int[] changedWords, int count) {
        return count > 0 && Arrays.equals(changedWords, 0, count, profile.words, 0, profile.words.length);
    }

    /** Ends the message at work; its changed words were added. */
    public void endChange() throws SeriesTooLargeException {
        changed.compare(profile);
        meeting.change(state.structure.expected(), profile, changed);
    }

    /** Returns whether a message so far from the expected one exists and was not met yet. */
    public boolean canJump(long distance) {
        long to = state.structure.expected() + distance;
        return to >= 0 && to < state.size() && !state.structure.isMet((int) to);
    }

    /** Expects another message. */
    public void jump(int distance) throws SeriesTooLargeException {
        state.structure.jump(state.structure.expected() + distance);
    }

    /** Takes in a message that the dump before did not have: {@link #bytes} is to be filled. */
    public void appear(int length) throws SeriesTooLargeException {
        Profile plain = state.messages.profiles.shape(length).plain();
        int place = state.messages.chunks.add(length);
        state.structure.appear(place, plain);
        bytes = state.messages.chunks.bytes(place);
        message = Chunks.at(place);
        messageBytes = length;
    }

    /** Ends the messages of the dump; {@link SeriesState#received} takes its datagrams. */
    public SeriesChanges end(int seq, int pid) throws SeriesTooLargeException {
        return state.end(seq, pid);
    }

    /** Returns the array with the message at work. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the offset of the message at work in its array. */
    public int message() {
        return message;
    }

    /** Returns the length of the message at work, with padding. */
    public int messageBytes() {
        return messageBytes;
    }

    /** Returns the words of the message at work that are not as predicted, to be added. */
    public ChangedWords changed() {
        return changed;
    }
}
