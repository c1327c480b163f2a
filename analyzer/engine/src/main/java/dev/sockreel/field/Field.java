package dev.sockreel.field;

import dev.sockreel.sockdiag.attribute.ValueSink;

/**
 * A row of a table of fields.
 *
 * @param name        in JSON, CSV, filters and differences
 * @param value       its kind and its getter
 * @param column      place among the CSV columns, from 1; {@link #NO_COLUMN} for none
 * @param isFiltered  true if a filter may compare it by its name
 * @param isCompared  true if a difference of it is a change of the socket
 * @param description one line for FIELDS.md
 */
public record Field<T>(String name, FieldValue<T> value, int column, boolean isFiltered, boolean isCompared,
        String description) {
    static final int NO_COLUMN = 0;

    static <T> Field<T> of(String name, FieldValue<T> value) {
        return new Field<>(name, value, NO_COLUMN, true, true, "");
    }

    Field<T> inColumn(int place) {
        return new Field<>(name, value, place, isFiltered, isCompared, description);
    }

    Field<T> notFiltered() {
        return new Field<>(name, value, column, false, isCompared, description);
    }

    Field<T> notCompared() {
        return new Field<>(name, value, column, isFiltered, false, description);
    }

    Field<T> describedAs(String line) {
        return new Field<>(name, value, column, isFiltered, isCompared, line);
    }

    /** Writes name and value, as a field of an object that is open. */
    public <E extends Exception> void write(T of, ValueSink<E> out) throws E {
        if (!value.isLeftOut(of)) {
            out.name(name);
            value.write(of, out);
        }
    }
}
