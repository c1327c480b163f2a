package dev.sockreel.pcap;

import dev.sockreel.capture.record.DumpBegin;
import java.util.Arrays;
import java.util.List;

/** The properties of a dump that its source recorded ({@link DumpBegin#knows()}), in the words of a comment. */
public final class DumpKnowledge {
    private record Word(int bit, String word) {}

    private static final List<Word> WORDS = List.of(
            new Word(DumpBegin.KNOWS_TIMES, "times"),
            new Word(DumpBegin.KNOWS_EDGES, "edges"),
            new Word(DumpBegin.KNOWS_FLAGS, "flags"),
            new Word(DumpBegin.KNOWS_SENDER, "sender"));

    public static String words(int knows) {
        List<String> known = WORDS.stream().filter(w -> (knows & w.bit) != 0).map(Word::word).toList();
        return known.isEmpty() ? "nothing" : String.join(" ", known);
    }

    /** Returns the bits for these words; unknown words are ignored. */
    public static int bits(String words) {
        List<String> known = Arrays.asList(words.split(" "));
        return WORDS.stream().filter(w -> known.contains(w.word)).mapToInt(Word::bit).sum();
    }

    private DumpKnowledge() {}
}
