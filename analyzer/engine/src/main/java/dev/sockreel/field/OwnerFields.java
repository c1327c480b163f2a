package dev.sockreel.field;

import dev.sockreel.snapshot.Owner;
import dev.sockreel.sockdiag.Socket;
import java.util.List;

/** The fields of an owner, in the order of the JSON. */
public final class OwnerFields {
    public static final String STATE = "state";

    public static final List<Field<Owner>> ALL = List.of(
            Field.of("pid", new FieldValue.Number<>(Owner::pid, Socket.UNKNOWN))
                    .describedAs("process id"),
            Field.of("comm", new FieldValue.Text<>(Owner::comm))
                    .describedAs("name of the process, `/proc/PID/comm`"),
            Field.of("fd", new FieldValue.Number<>(Owner::fd, Socket.UNKNOWN))
                    .describedAs("number of the descriptor"),
            Field.of(STATE, new FieldValue.Text<>(Owner::state))
                    .describedAs("the letter in `/proc/PID/stat` when recorded: R, S, D, T, Z, …"));

    private OwnerFields() {}
}
