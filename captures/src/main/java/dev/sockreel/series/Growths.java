package dev.sockreel.series;

import java.util.HashMap;
import java.util.Map;

/** How often a word grew by which amount from one dump to another. */
final class Growths {
    private final Map<Integer, Integer> times = new HashMap<>();
    /** The amount of the last messages, whose number is not in the table yet. */
    private int amount;
    private int inARow;
    private boolean isSettled;
    private int most;

    void add(int grown) {
        if (grown != amount) {
            settle();
            amount = grown;
        }
        inARow++;
        isSettled = false;
    }

    private void settle() {
        if (inARow > 0) {
            times.merge(amount, inARow, Integer::sum);
            inARow = 0;
        }
    }

    /** Returns the most common amount; of two as common the smaller one, 0 for none. */
    int mostCommon() {
        if (!isSettled) {
            settle();
            int best = 0;
            for (Map.Entry<Integer, Integer> each : times.entrySet()) {
                int count = each.getValue();
                if (count > best || count == best && each.getKey() < most) {
                    best = count;
                    most = each.getKey();
                }
            }
            isSettled = true;
        }
        return most;
    }
}
