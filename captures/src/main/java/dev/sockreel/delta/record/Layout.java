package dev.sockreel.delta.record;

import dev.sockreel.delta.record.Field.Num;
import dev.sockreel.delta.record.Field.Phrase;
import dev.sockreel.delta.record.Field.Role;
import dev.sockreel.delta.record.Field.Rows;
import dev.sockreel.delta.record.Field.Text;
import dev.sockreel.delta.record.Field.Time;
import dev.sockreel.delta.record.Field.Words;

/**
 * The fields of a record's body, or of the rows of a list in it.
 *
 * @param keyBytes   the first bytes of a row by which it is found again; 0: by its place
 * @param fields     the fields in their order
 * @param predictedWhole true if a unit that did not change lately is one decision: nothing in it moves by itself
 * @param rowBytes   size of a row that has numbers only, else 0
 */
record Layout(int keyBytes, Field[] fields, boolean predictedWhole, int rowBytes) {
    private static final Field I32 = number(4);
    private static final Field I64 = number(8);
    private static final Field U8 = number(1);
    private static final Field KEY = new Num(4, Role.OWN, true);
    private static final Field KEY8 = new Num(1, Role.OWN, true);
    private static final Field SNAPSHOT = new Num(4, Role.SNAPSHOT, false);
    private static final Field DUMP = new Num(4, Role.DUMP, false);
    private static final Field TIME = new Time();
    private static final Field TEXT = new Text(false, false);
    private static final Field KEY_TEXT = new Text(false, true);
    private static final Field REST = new Text(true, false);

    /** The layout of a body that is not parsed. */
    static final Layout RAW = of(0, REST);

    private static final Layout INTERFACE = of(4, I32, TEXT);
    private static final Layout NETWORK_NAMESPACE = of(0, KEY, I64, I64, TEXT, new Rows(INTERFACE), REST);
    private static final Layout DUMP_BEGIN =
            of(0, DUMP, SNAPSHOT, KEY, KEY_TEXT, U8, U8, number(2), I32, TIME, new Words(false, true), REST);
    private static final Layout DUMP_END = of(0, DUMP, I32, I32, I32, TEXT, TIME, REST);
    private static final Layout PROC_TEXT = of(0, SNAPSHOT, KEY, KEY_TEXT, KEY8, U8, I32, KEY, TIME, REST);
    private static final Layout DESCRIPTOR = of(4, I32, I64);
    private static final Layout HOLDER = of(4, I32, TEXT, TEXT, TEXT, new Rows(DESCRIPTOR));
    private static final Layout OWNERS =
            of(0, SNAPSHOT, KEY8, U8, KEY, TIME, TIME, I32, I32, I32, new Rows(HOLDER), REST);
    private static final Layout NOTE = of(0, SNAPSHOT, DUMP, KEY, I64, TIME, TEXT, REST);
    private static final Layout FACTS = of(12, I32, I64, I32, TEXT, I32, TEXT, TEXT, I64, I32);
    private static final Layout PROCESSES = of(0, SNAPSHOT, TIME, new Rows(FACTS), REST);
    private static final Layout THREAD = of(4, I32, new Phrase(13));
    private static final Layout THREADED = of(4, I32, I32, new Rows(THREAD));
    private static final Layout THREADS = of(0, SNAPSHOT, TIME, I32, new Rows(THREADED), REST);
    private static final Layout CLOSED_SOCKETS = of(0, SNAPSHOT, KEY, I32, I32, TIME, new Words(true, false));
    private static final Layout HOST_NAMESPACE = of(8, I64, I32, TEXT, I32, TEXT);
    private static final Layout HOST_NAMESPACES = of(0, SNAPSHOT, TIME, I32, new Rows(HOST_NAMESPACE), REST);
    private static final Layout OWN_SOCKET = of(0, new Num(8, Role.ABOVE, false), new Num(8, Role.ABOVE, false));
    private static final Layout OWN_SOCKETS = of(0, SNAPSHOT, KEY, new Rows(OWN_SOCKET), REST);

    /** Returns the layout of a type's bodies. */
    static Layout ofType(int type) {
        return switch (type) {
            case 3 -> NETWORK_NAMESPACE;
            case RecordPredictor.DUMP_BEGIN -> DUMP_BEGIN;
            case RecordPredictor.DUMP_END -> DUMP_END;
            case 8 -> PROC_TEXT;
            case 9 -> OWNERS;
            case 10 -> NOTE;
            case 13 -> PROCESSES;
            case 14 -> THREADS;
            case 15 -> CLOSED_SOCKETS;
            case 16 -> HOST_NAMESPACES;
            case 17 -> OWN_SOCKETS;
            default -> RAW;
        };
    }

    private static Field number(int bytes) {
        return new Num(bytes, Role.OWN, false);
    }

    private static Layout of(int keyBytes, Field... fields) {
        boolean whole = true;
        int bytes = 0;
        boolean numbersOnly = true;
        for (Field field : fields) {
            switch (field) {
                case Num n -> {
                    whole &= n.role() == Role.OWN;
                    bytes += n.bytes();
                }
                case Time t -> whole = false;
                case Text t -> numbersOnly = false;
                case Phrase p -> numbersOnly = false;
                case Words w -> {
                    whole &= !w.request();
                    numbersOnly = false;
                }
                case Rows r -> {
                    whole &= r.row().predictedWhole();
                    numbersOnly = false;
                }
            }
        }
        return new Layout(keyBytes, fields, whole, numbersOnly ? bytes : 0);
    }
}
