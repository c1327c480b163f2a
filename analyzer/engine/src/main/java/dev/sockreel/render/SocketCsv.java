package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.utf8.Utf8Buffer;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sockets as lines of CSV in UTF-8, with the cells that {@link SocketCells} describes. */
public final class SocketCsv {
    private static final int FLUSH_EVERY_LINES = 256;

    /** Writes one cell; what kind it is of is found out once. */
    private interface Cell {
        void write(SocketRow row) throws IOException;
    }

    private final CsvBytes csv;
    private final Flushable out;
    private final Cell[] cells;
    private final Utf8Buffer attributes = new Utf8Buffer(4096);
    private final JsonGenerator json;
    private final JsonValues values;
    private long lines;

    /**
     * Begins lines. The header is written with the first of them, or at the first {@link #flush()}.
     *
     * @param flush hands on what was written to {@code out}, and throws when that fails
     */
    public SocketCsv(OutputStream out, Flushable flush) throws IOException {
        this.csv = new CsvBytes(out);
        this.out = flush;
        this.json = JsonOutput.values(attributes);
        this.values = new JsonValues(json);
        this.cells = SocketFields.COLUMNS.stream().map(this::cell).toArray(Cell[]::new);
    }

    private Cell cell(Field<SocketRow> field) {
        return switch (field.value()) {
            case FieldValue.Number<SocketRow> v -> row -> number(v, row);
            case FieldValue.Digits<SocketRow> v -> row -> digits(v, row);
            case FieldValue.Text<SocketRow> v -> row -> csv.text(v.getter().apply(row));
            case FieldValue.OptionalText<SocketRow> v -> row -> csv.text(v.getter().apply(row));
            case FieldValue.Truth<SocketRow> v -> row -> truth(v.getter().apply(row));
            case FieldValue.Mark<SocketRow> v -> row -> csv.text(v.isLeftOut(row) ? null : "true");
            case FieldValue.Owners<SocketRow> v -> row -> owners(v.getter().apply(row));
            case FieldValue.Reasons<SocketRow> v -> row -> reasons(v.getter().apply(row));
            case FieldValue.Attributes v -> this::attributes;
        };
    }

    private void number(FieldValue.Number<SocketRow> field, SocketRow row) {
        long value = field.getter().applyAsLong(row);
        if (value == field.unknown()) {
            csv.nothing();
        } else {
            csv.number(value);
        }
    }

    private void digits(FieldValue.Digits<SocketRow> field, SocketRow row) {
        long value = field.getter().applyAsLong(row);
        if (value == field.unknown()) {
            csv.nothing();
        } else {
            csv.unsigned(value);
        }
    }

    private void truth(@Nullable Boolean value) {
        csv.text(value == null ? null : value ? "true" : "false");
    }

    private void owners(@Nullable List<Owner> owners) {
        if (owners == null) {
            csv.nothing();
            return;
        }
        Utf8Buffer text = csv.text();
        for (int i = 0; i < owners.size(); i++) {
            Owner owner = owners.get(i);
            text.put(i > 0 ? " " : "").put(owner.comm()).put('/').put(owner.pid()).put('/').put(owner.fd());
        }
        csv.endText();
    }

    private void reasons(Map<String, Unknown> reasons) {
        Utf8Buffer text = csv.text();
        for (Map.Entry<String, Unknown> reason : reasons.entrySet()) {
            text.put(text.length() > 0 ? " " : "").put(reason.getKey()).put('=').put(reason.getValue().id());
        }
        csv.endText();
    }

    private void attributes(SocketRow row) throws IOException {
        row.attributes(values);
        json.flush();
        csv.text().put(attributes, 0, attributes.length());
        attributes.clear();
        csv.endText();
    }

    public void line(SocketRow row) throws IOException {
        header();
        for (Cell cell : cells) {
            cell.write(row);
        }
        csv.endLine();
        if (++lines % FLUSH_EVERY_LINES == 0) {
            flush();
        }
    }

    private void header() throws IOException {
        if (lines == 0) {
            lines++;
            SocketCells.COLUMNS.forEach(csv::text);
            csv.endLine();
        }
    }

    /** Returns the number of lines so far, the header among them. */
    public long lines() {
        return lines;
    }

    public void flush() throws IOException {
        header();
        csv.flush();
        out.flush();
    }
}
