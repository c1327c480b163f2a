package dev.sockreel.series;

/** What is done with a message of the dump before that is met again; the part that both ways to take a dump share. */
final class Meeting {
    private final SeriesState state;
    private final Messages messages;
    private final HostWords words;

    Meeting(SeriesState state) {
        this.state = state;
        this.messages = state.messages;
        this.words = state.words;
    }

    /** Returns the profile of a message that is met; a fresh one takes that of the messages around. */
    Profile meet(int old) {
        Rows rows = messages.rows;
        Profile profile = messages.profile(old);
        if ((rows.meta[old] & Rows.FRESH) != 0) {
            profile = profile.shape.latest();
            rows.meta[old] = profile.id;
            load(old, profile);
        }
        return profile;
    }

    /** Takes the ages out of the message's bytes. */
    void load(int old, Profile profile) {
        Rows rows = messages.rows;
        byte[] chunk = messages.chunk(old);
        int at = messages.at(old);
        for (int i = 0; i < profile.words.length; i++) {
            rows.ages[old * Rows.AGES + i] = words.get(chunk, at + profile.words[i] * 4);
        }
    }

    /** Passes a message that is as predicted. */
    void keep(int old, Profile profile) {
        Rows rows = messages.rows;
        for (int i = 0; i < profile.words.length; i++) {
            rows.ages[old * Rows.AGES + i] += profile.shape.usual[profile.words[i]];
        }
        if (Rows.isHot(rows.meta[old])) {
            rows.meta[old] -= Rows.HOT;
        } else {
            profile.shape.latest(profile);
        }
    }

    /** Learns from a message that is not; its bytes in the chunk are the new ones. */
    void change(int old, Profile profile, ChangedWords changed) throws SeriesTooLargeException {
        Profile now = profile.shape.learn(changed, profile, messages.profiles);
        if (now != profile) {
            profile.shape.latest(now);
        }
        if (!changed.isClockMove()) {
            messages.rows.meta[old] = now.id | Rows.HOTTEST;
        }
        load(old, now);
        state.structure.passChanged();
    }
}
