package dev.sockreel.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows of real captures with their JSON, by which filters are judged. */
record FilterRows(List<SocketRow> rows, List<Map<String, @Nullable Object>> json) {
    /** Dumps of all families with owners, dumps of the same host by an unprivileged user, and tables of /proc. */
    static final FilterRows ALL = of(
            ImportedCapture.rawWithOwners(Capture.MODS).rows(0),
            ImportedCapture.folder(Capture.MODS, "user/raw").rows(0),
            ImportedCapture.folder(Capture.MODS, "proc-before").rows(0));

    @SafeVarargs
    private static FilterRows of(List<SocketRow>... captures) {
        List<SocketRow> rows = new ArrayList<>();
        for (List<SocketRow> capture : captures) {
            rows.addAll(capture);
        }
        return new FilterRows(rows, rows.stream().map(FilterRows::json).toList());
    }

    private static Map<String, @Nullable Object> json(SocketRow row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            new SocketJson(out).write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonTree.object(text.toString());
    }

    /** Returns the indexes of the rows that match a filter. */
    Set<Integer> taken(String filter) {
        return taken(Filter.parse(List.of(filter)));
    }

    Set<Integer> taken(Filter filter) {
        Set<Integer> taken = new TreeSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (filter.takes(rows.get(i))) {
                taken.add(i);
            }
        }
        return taken;
    }

    /** Returns the indexes of the rows whose JSON matches a predicate. */
    Set<Integer> where(Predicate<Map<String, @Nullable Object>> asked) {
        Set<Integer> found = new TreeSet<>();
        for (int i = 0; i < json.size(); i++) {
            if (asked.test(json.get(i))) {
                found.add(i);
            }
        }
        return found;
    }
}
