package dev.sockreel.series;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What messages of one length have in common: by how much each word grows. A word of a message that grows by itself is
 * in the message's {@link Profile}.
 */
final class Shape {
    static final int BYTES_A_WORD = 12;
    /** A word joins a profile when it grew as usual at least this often, of {@link #ALWAYS}. */
    private static final int OFTEN = 1024;
    private static final int ALWAYS = 4096;
    private static final int RATE = 5;

    final int bytes;
    /** The growth that is expected, by word. */
    final int[] usual;
    /** The growth that is expected next where the usual one fails. */
    private final int[] other;
    /** How often words outside profiles grew as usual. */
    private final int[] hits;
    /** The profile that a message takes when it is met again for the first time. */
    private @Nullable Profile latest;
    private @Nullable Profile plain;

    Shape(int bytes) {
        this.bytes = bytes;
        usual = new int[bytes >> 2];
        other = new int[bytes >> 2];
        hits = new int[bytes >> 2];
    }

    /** Sets the profile without words. */
    void begin(Profile withoutWords) {
        plain = withoutWords;
        latest = withoutWords;
    }

    /** Returns the profile without words. */
    Profile plain() {
        return Objects.requireNonNull(plain);
    }

    Profile latest() {
        return Objects.requireNonNull(latest);
    }

    void latest(Profile met) {
        latest = met;
    }

    /**
     * Learns from a message that was not as predicted.
     *
     * @return the profile it has from now on
     */
    Profile learn(ChangedWords changed, Profile profile, Profiles profiles) throws SeriesTooLargeException {
        if (changed.isClockMove()) {
            for (int i = 0; i < changed.count(); i++) {
                int word = changed.word(i);
                other[word] = usual[word];
                usual[word] = changed.growth(i);
            }
            return profile;
        }
        boolean isPure = isPure(changed);
        Profile now = profile;
        for (int i = 0; i < changed.count(); i++) {
            int word = changed.word(i);
            int growth = changed.growth(i);
            if (profile.has(word)) {
                if (missed(word, growth)) {
                    now = profiles.flip(now, word);
                }
            } else if (grew(word, growth) && isPure && hits[word] > OFTEN) {
                now = profiles.flip(now, word);
            }
        }
        return now;
    }

    /** Returns whether all that changed is growth that was seen before. */
    private boolean isPure(ChangedWords changed) {
        for (int i = 0; i < changed.count(); i++) {
            int word = changed.word(i);
            if (changed.growth(i) != usual[word] && changed.growth(i) != other[word]) {
                return false;
            }
        }
        return true;
    }

    /** Takes note of a word of the profile that grew otherwise; returns whether it stopped. */
    private boolean missed(int word, int growth) {
        hits[word] -= hits[word] >> RATE;
        if (growth == 0) {
            return true;
        }
        prefer(word, growth);
        return false;
    }

    /** Takes note of a word outside the profile; returns whether it grew by one of the two growths. */
    private boolean grew(int word, int growth) {
        if (growth == usual[word]) {
            hits[word] += ALWAYS - hits[word] >> RATE;
            return true;
        }
        hits[word] -= hits[word] >> RATE;
        return prefer(word, growth);
    }

    /** Makes the other growth the usual one when it was seen again, else remembers it; returns whether it was. */
    private boolean prefer(int word, int growth) {
        if (growth != other[word]) {
            other[word] = growth;
            return false;
        }
        other[word] = usual[word];
        usual[word] = growth;
        return true;
    }
}
