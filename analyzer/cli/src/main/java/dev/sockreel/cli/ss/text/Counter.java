package dev.sockreel.cli.ss.text;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.StructField;

/**
 * A number that ss prints when it is not 0.
 *
 * @param label with the blank before it and the colon behind it
 */
record Counter(String label, StructField field) {
    /** Label, field, label, field, … */
    static Counter[] of(Object... labelsAndFields) {
        Counter[] counters = new Counter[labelsAndFields.length / 2];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new Counter(" " + labelsAndFields[2 * i] + ":", (StructField) labelsAndFields[2 * i + 1]);
        }
        return counters;
    }

    static void put(Counter[] counters, Socket s, Grid grid) {
        for (Counter counter : counters) {
            long value = s.value(counter.field, 0);
            if (value != 0) {
                grid.put(counter.label);
                if (counter.field.bytes() == 8) {
                    grid.putUnsigned(value);
                } else {
                    grid.put(value);
                }
            }
        }
    }
}
