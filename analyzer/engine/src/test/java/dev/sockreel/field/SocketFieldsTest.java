package dev.sockreel.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of fields and its documentation. */
class SocketFieldsTest {
    /** {@code -Dsockreel.docs=write} writes FIELDS.md instead. */
    @Test
    void fieldsDocHasTheTablesOfTheCode() throws IOException {
        if ("write".equals(System.getProperty("sockreel.docs"))) {
            FieldsDoc.write(FieldsDoc.updated());
        }
        assertEquals(FieldsDoc.updated(), FieldsDoc.text(), "FIELDS.md says how it is written again");
    }

    @Test
    void everyFieldHasItsOwnNameColumnAndDescription() {
        List<String> names = SocketFields.ALL.stream().map(Field::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
        assertEquals(
                IntStream.rangeClosed(1, names.size()).boxed().toList(),
                SocketFields.COLUMNS.stream().map(Field::column).toList());
        SocketFields.ALL.forEach(f -> assertFalse(f.description().isEmpty(), f.name()));
        OwnerFields.ALL.forEach(f -> assertFalse(f.description().isEmpty(), f.name()));
        ThreadFields.ALL.forEach(f -> assertFalse(f.description().isEmpty(), f.name()));
    }

    @Test
    void fieldsAreFoundByName() {
        assertEquals(List.of("inode", "cookie"),
                SocketFields.named("inode", "cookie").stream().map(Field::name).toList());
        assertNull(SocketFields.find("no-such-field"));
        assertThrows(IllegalArgumentException.class, () -> SocketFields.named("inode", "no-such-field"));
    }
}
