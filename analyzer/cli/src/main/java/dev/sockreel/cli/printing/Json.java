package dev.sockreel.cli.printing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.render.JsonOutput;
import dev.sockreel.render.JsonRows;
import java.io.IOException;

/** Creates JSON generators that write to standard output. */
public final class Json {
    /** Writes one value. */
    public interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    public static JsonRows rows(Stdout out, JsonRows.Form form) throws IOException {
        return JsonRows.to(out.stream(), form, out::check);
    }

    /** Writes one value and a newline. */
    public static void document(Stdout out, boolean pretty, Document document) throws IOException {
        JsonGenerator json = generator(out);
        if (pretty) {
            json.useDefaultPrettyPrinter();
        }
        document.write(json);
        end(json, out);
    }

    /** Writes one value, an object with arrays of many elements, each on a line of its own, and a newline. */
    public static void lines(Stdout out, Document document) throws IOException {
        JsonGenerator json = generator(out);
        json.setPrettyPrinter(LineIndenter.printer());
        document.write(json);
        end(json, out);
    }

    /** Ends the document that the generator holds. */
    public static void end(JsonGenerator json, Stdout out) throws IOException {
        json.writeRaw('\n');
        json.flush();
        out.check();
    }

    public static JsonGenerator generator(Stdout out) throws IOException {
        return JsonOutput.to(out.stream());
    }

    private Json() {}
}
