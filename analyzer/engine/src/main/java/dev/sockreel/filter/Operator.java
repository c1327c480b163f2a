package dev.sockreel.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators of comparisons, with ss's spellings. */
enum Operator {
    EQUAL("=", "==", "eq"),
    NOT_EQUAL("!=", "ne", "neq"),
    GREATER(">", "gt"),
    LESS("<", "lt"),
    GREATER_OR_EQUAL(">=", "ge", "geq"),
    LESS_OR_EQUAL("<=", "le", "leq");

    private final List<String> spellings;

    Operator(String... spellings) {
        this.spellings = List.of(spellings);
    }

    /** Returns the operator that is spelt so, null for none. */
    static @Nullable Operator of(String word) {
        for (Operator operator : values()) {
            if (operator.spellings.contains(word)) {
                return operator;
            }
        }
        return null;
    }

    /** Returns true for all but = and !=. */
    boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /**
     * Returns whether the comparison is true.
     *
     * @param sign what {@link Comparable} returns for the value against the operand
     */
    boolean holds(int sign) {
        return switch (this) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case GREATER -> sign > 0;
            case LESS -> sign < 0;
            case GREATER_OR_EQUAL -> sign >= 0;
            case LESS_OR_EQUAL -> sign <= 0;
        };
    }
}
