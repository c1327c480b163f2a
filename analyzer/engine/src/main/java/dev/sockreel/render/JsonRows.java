package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * JSON objects row by row: the elements of one array, or a line each (ndjson). Each row is begun, its fields are
 * written by {@link #json()}, and it is ended.
 */
public final class JsonRows {
    /** Layout: the text around the objects. */
    public enum Form {
        /** {@code [}, each object on a line of its own, {@code ]}. */
        ARRAY("[\n", ",\n", "", "\n]\n", "]\n"),
        /** ndjson. */
        LINES("", "", "\n", "", ""),
        /** Elements of an open array: the generator writes the commas. */
        ELEMENTS("", "", "", "", "");

        private final String first;
        private final String between;
        private final String afterEach;
        private final String last;
        private final String lastOfNone;

        Form(String first, String between, String afterEach, String last, String lastOfNone) {
            this.first = first;
            this.between = between;
            this.afterEach = afterEach;
            this.last = last;
            this.lastOfNone = lastOfNone;
        }
    }

    private static final int FLUSH_EVERY_ROWS = 256;

    private final JsonGenerator json;
    private final Form form;
    private final Flushable out;
    private long rows;

    private JsonRows(JsonGenerator json, Form form, Flushable out) throws IOException {
        this.json = json;
        this.form = form;
        this.out = out;
        raw(form.first);
    }

    /**
     * Begins rows as UTF-8; the stream stays open.
     *
     * @param flush hands on what was written, and throws when that fails: called every few rows and at the end
     */
    public static JsonRows to(OutputStream out, Form form, Flushable flush) throws IOException {
        return new JsonRows(JsonOutput.values(out), form, flush);
    }

    /** Begins the elements of an array that is open in a document; the caller ends it. */
    public static JsonRows within(JsonGenerator json, Flushable flush) throws IOException {
        return new JsonRows(json, Form.ELEMENTS, flush);
    }

    /** Returns the writer of the fields of the row that is begun. */
    public JsonGenerator json() {
        return json;
    }

    public void begin() throws IOException {
        raw(rows > 0 ? form.between : "");
        json.writeStartObject();
    }

    public void end() throws IOException {
        json.writeEndObject();
        raw(form.afterEach);
        if (++rows % FLUSH_EVERY_ROWS == 0) {
            flush();
        }
    }

    private void raw(String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeRaw(text);
        }
    }

    /** Returns the number of rows so far. */
    public long rows() {
        return rows;
    }

    public void flush() throws IOException {
        json.flush();
        out.flush();
    }

    /** Ends the rows; the output stays open. */
    public void finish() throws IOException {
        raw(rows > 0 ? form.last : form.lastOfNone);
        flush();
    }
}
