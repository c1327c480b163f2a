package dev.sockreel.capture.record;

import org.jspecify.annotations.Nullable;

/** A constant that records store by its number. Numbers are never reused. */
interface Numbered {
    int number();

    /** Returns the constant with this number, null for one of a later version. */
    static <E extends Numbered> @Nullable E of(E[] all, int number) {
        for (E one : all) {
            if (one.number() == number) {
                return one;
            }
        }
        return null;
    }
}
