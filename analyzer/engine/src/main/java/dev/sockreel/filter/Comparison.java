package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A field against a value. Of several values, as owners have them, one suffices for =, and for != none may be equal. A
 * field that is absent or not known answers neither.
 *
 * @param path      of names, each behind a dot: the whole one of the JSON's own fields, the end of one of attributes
 * @param attribute whether it is one of attributes
 * @param number    what numbers are compared with; null: their digits match the pattern or not
 * @param pattern   what text is compared with
 */
record Comparison(String path, boolean attribute, Operator operator, @Nullable BigInteger number,
        Glob pattern) implements Condition {

    @Override
    public Truth of(SocketRow row) {
        FieldValues found = new FieldValues(path, attribute);
        if (attribute) {
            row.attributes(found);
        } else {
            SocketFields.write(path.substring(1, endOfFirst()), row, found);
        }
        Truth truth = found.values().isEmpty() && !found.isListed() ? Truth.UNKNOWN : Truth.FALSE;
        for (FieldValues.Value value : found.values()) {
            truth = truth.or(holds(value));
        }
        return operator == Operator.NOT_EQUAL ? truth.not() : truth;
    }

    /** Of {@code .owners.comm} the object that the field is in. */
    private int endOfFirst() {
        int dot = path.indexOf('.', 1);
        return dot < 0 ? path.length() : dot;
    }

    /** != as =. */
    private Truth holds(FieldValues.Value value) {
        Operator asked = operator == Operator.NOT_EQUAL ? Operator.EQUAL : operator;
        return switch (value) {
            case FieldValues.NotKnown v -> Truth.UNKNOWN;
            case FieldValues.Number v when number != null -> Truth.of(asked.holds(v.number().compareTo(number)));
            case FieldValues.Number v -> Truth.of(pattern.matches(v.number().toString()));
            // a cookie: JSON has its digits as text
            case FieldValues.Text v when number != null && v.text().matches("[0-9]+") ->
                Truth.of(asked.holds(new BigInteger(v.text()).compareTo(number)));
            case FieldValues.Text v -> asked.isOrder() ? Truth.UNKNOWN : Truth.of(pattern.matches(v.text()));
        };
    }
}
