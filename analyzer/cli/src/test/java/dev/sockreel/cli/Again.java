package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a live kernel shows with what sockreel shows of it, where other programs may change something between
 * the two looks: a difference is looked at again, and one that is there twice in the same way is a mistake of ours.
 */
final class Again {
    private static final int LOOKS = 5;

    /** A look at both. */
    interface Look {
        /**
         * Returns what is not the same, empty if nothing.
         *
         * @param number from 0; each takes both anew
         */
        String difference(int number) throws IOException;
    }

    static void same(Look look) throws IOException {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            String difference = look.difference(i);
            if (difference.isEmpty()) {
                return;
            }
            if (differences.contains(difference)) {
                fail("twice the same: " + difference);
            }
            differences.add(difference);
        }
        fail("never the same: " + String.join("\n", differences));
    }

    private Again() {}
}
