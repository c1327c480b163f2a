package dev.sockreel.filter;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.snapshot.SocketRow;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A field against a value. Of several values, as owners have them, one suffices for =, and for != none may be equal. A
 * field that is absent or not known answers neither.
 *
 * @param field   the field that holds the values; null for a value of attributes
 * @param path    names, each behind a dot: the whole one from the field on, the end of one of attributes
 * @param number  what numbers are compared with; null: their digits match the pattern or not
 * @param pattern what text is compared with
 */
record Comparison(@Nullable Field<SocketRow> field, String path, Operator operator, @Nullable BigInteger number,
        Glob pattern) implements Condition {

    @Override
    public Truth of(SocketRow row) {
        FieldValues found = new FieldValues(path, field == null);
        if (field == null) {
            row.attributes(found);
        } else if (field.value() instanceof FieldValue.Mark<SocketRow> mark) {
            found.name(field.name());
            mark.write(row, found);
        } else {
            field.write(row, found);
        }
        Truth truth = found.values().isEmpty() && !found.isListed() ? Truth.UNKNOWN : Truth.FALSE;
        for (FieldValues.Value value : found.values()) {
            truth = truth.or(holds(value));
        }
        return operator == Operator.NOT_EQUAL ? truth.not() : truth;
    }

    /** Compares a value; != as =. */
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
