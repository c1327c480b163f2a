package dev.sockreel.diff;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.OwnerFields;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two rows of a socket field by field. */
final class FieldComparison {
    /** They change while nothing happens: ms since the last data or ack, µs spent with data on the way. */
    private static final Set<String> AGES = Set.of(
            "tcpi_last_data_sent", "tcpi_last_ack_sent", "tcpi_last_data_recv", "tcpi_last_ack_recv", "tcpi_busy_time",
            "tcpi_rwnd_limited", "tcpi_sndbuf_limited", "mptcpi_last_data_sent", "mptcpi_last_data_recv",
            "mptcpi_last_ack_recv");
    /** States in /proc/PID/stat between which the scheduler moves a process that lives on. */
    private static final Set<String> SCHEDULED = Set.of("R", "S", "D", "I");
    private static final String ANY_SCHEDULED = "S";

    private final boolean withAges;

    FieldComparison(boolean withAges) {
        this.withAges = withAges;
    }

    List<FieldChange> changes(SocketRow from, SocketRow to) {
        List<FieldChange> found = new ArrayList<>();
        compare("", FieldTree.of(from), FieldTree.of(to), found);
        return found;
    }

    private void compare(
            String path, Map<String, @Nullable Object> from, Map<String, @Nullable Object> to,
            List<FieldChange> found) {
        for (Map.Entry<String, @Nullable Object> field : from.entrySet()) {
            String name = field.getKey();
            Object before = field.getValue();
            Object after = to.get(name);
            if (before instanceof Map<?, ?> && after instanceof Map<?, ?>) {
                compare(path + name + ".", map(before), map(after), found);
            } else if (!isSame(name, before, after)) {
                found.add(new FieldChange(path + name, before, after));
            }
        }
        for (Map.Entry<String, @Nullable Object> field : to.entrySet()) {
            if (!from.containsKey(field.getKey()) && field.getValue() != null && !isAge(field.getKey())) {
                found.add(new FieldChange(path + field.getKey(), null, field.getValue()));
            }
        }
    }

    @SuppressWarnings("unchecked") // FieldTree makes no other maps
    private static Map<String, @Nullable Object> map(Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    private boolean isAge(String name) {
        return !withAges && AGES.contains(name);
    }

    private boolean isSame(String name, @Nullable Object before, @Nullable Object after) {
        if (isAge(name) || Objects.equals(before, after)) {
            return true;
        }
        return !withAges && isOwners(name) && before instanceof List<?> a && after instanceof List<?> b
                && settled(a).equals(settled(b));
    }

    private static boolean isOwners(String name) {
        Field<SocketRow> field = SocketFields.find(name);
        return field != null && field.value() instanceof FieldValue.Owners<SocketRow>;
    }

    /** Returns the owners as a set, without what the scheduler alone changes. */
    private static Set<@Nullable Object> settled(List<?> owners) {
        Set<@Nullable Object> out = new LinkedHashSet<>();
        for (Object owner : owners) {
            if (owner instanceof Map<?, ?>) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>(map(owner));
                fields.computeIfPresent(
                        OwnerFields.STATE, (k, state) -> SCHEDULED.contains(state) ? ANY_SCHEDULED : state);
                out.add(fields);
            } else {
                out.add(owner);
            }
        }
        return out;
    }
}
