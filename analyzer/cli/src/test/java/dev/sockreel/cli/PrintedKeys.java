package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.OwnerFields;
import dev.sockreel.field.SocketFields;
import dev.sockreel.field.ThreadFields;
import dev.sockreel.fixtures.JsonTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares printed JSON with the keys that are documented, and gathers those of them that were seen. */
final class PrintedKeys {
    private final List<OutputDoc.Key> documented;
    private final boolean sockets;
    private final Set<OutputDoc.Key> seen = new HashSet<>();

    /** @param sockets whether the objects at the top have the fields of a socket */
    PrintedKeys(List<OutputDoc.Key> documented, boolean sockets) {
        this.documented = documented;
        this.sockets = sockets;
    }

    /** Returns the keys that had a value in some of the objects. */
    Set<OutputDoc.Key> seen() {
        return seen;
    }

    /** Checks an object at the top. */
    void check(Map<String, @Nullable Object> object, Supplier<String> run) {
        Map<String, @Nullable Object> rest = object.entrySet().stream()
                .filter(e -> !sockets || isDocumented(List.of(e.getKey())))
                .collect(LinkedHashMap::new, (m, e) -> m.put(e.getKey(), e.getValue()), Map::putAll);
        if (sockets && object.containsKey("netid")) {
            Map<String, @Nullable Object> socket = new LinkedHashMap<>(object);
            documented.forEach(k -> {
                if (SocketFields.find(k.path().getFirst()) == null) {
                    socket.remove(k.path().getFirst());
                }
            });
            checkFields(socket, SocketFields.ALL, run);
        } else {
            rest = object;
        }
        checkObject(List.of(), rest, run);
    }

    private boolean isDocumented(List<String> path) {
        return documented.stream().anyMatch(k -> k.begins(path));
    }

    private void checkObject(List<String> path, Map<String, @Nullable Object> object, Supplier<String> run) {
        object.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                List<String> inside = with(path, name + "[]");
                assertTrue(isDocumented(inside), () -> inside + " is not documented: " + run.get());
                list.forEach(v -> checkValue(inside, v, run));
            } else {
                checkValue(with(path, name), value, run);
            }
        });
    }

    private boolean isNullForArray(List<String> path) {
        return isDocumented(with(path.subList(0, path.size() - 1), path.getLast() + "[]"));
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private void checkValue(List<String> path, @Nullable Object value, Supplier<String> run) {
        OutputDoc.Key key = documented.stream().filter(k -> k.is(path)).findFirst().orElse(null);
        if (key == null) {
            boolean isObject = value instanceof Map && isDocumented(path);
            assertTrue(isObject || value == null && isNullForArray(path),
                    () -> path + " is not documented: " + run.get());
        } else if (value != null) {
            seen.add(key);
            assertTrue(isOfType(value, key.type(), run), () -> path + " is no " + key.type() + " but " + value + ": "
                    + run.get());
        }
        if (value instanceof Map && (key == null || key.type().equals("object"))) {
            checkObject(path, JsonTree.asObject(value), run);
        }
    }

    private static boolean isOfType(Object value, String type, Supplier<String> run) {
        return switch (type) {
            case "number" -> value instanceof Number;
            case "text" -> value instanceof String;
            case "true or false" -> value instanceof Boolean;
            case "object" -> value instanceof Map;
            case "any" -> true;
            case "socket" -> checkFields(JsonTree.asObject(value), SocketFields.ALL, run);
            case "owner" -> checkFields(JsonTree.asObject(value), OwnerFields.ALL, run);
            default -> throw new AssertionError("no type of OUTPUT.md: " + type);
        };
    }

    private static <T> boolean checkFields(
            Map<String, @Nullable Object> object, List<Field<T>> fields, Supplier<String> run) {
        Map<String, FieldValue<T>> values = fields.stream().collect(Collectors.toMap(Field::name, Field::value));
        object.forEach((name, value) -> {
            FieldValue<T> kind = values.get(name);
            if (kind == null) {
                throw new AssertionError(name + " is not in FIELDS.md: " + run.get());
            }
            assertTrue(value == null || isOfKind(value, kind, run), () -> name + " is " + value + ": " + run.get());
        });
        return true;
    }

    private static boolean isOfKind(Object value, FieldValue<?> kind, Supplier<String> run) {
        return switch (kind) {
            case FieldValue.Number<?> v -> value instanceof Number;
            case FieldValue.Digits<?> v -> value instanceof String digits && digits.matches("[0-9]+");
            case FieldValue.Text<?> v -> value instanceof String;
            case FieldValue.OptionalText<?> v -> value instanceof String;
            case FieldValue.Truth<?> v -> value instanceof Boolean;
            case FieldValue.Mark<?> v -> value instanceof Boolean;
            case FieldValue.Owners<?> v -> JsonTree.asObjects(value).stream()
                    .allMatch(o -> checkFields(o, OwnerFields.ALL, run));
            case FieldValue.Threads v -> JsonTree.asObjects(value).stream()
                    .allMatch(t -> checkFields(t, ThreadFields.ALL, run));
            case FieldValue.Reasons<?> v -> value instanceof Map;
            case FieldValue.Attributes v -> value instanceof Map;
        };
    }
}
