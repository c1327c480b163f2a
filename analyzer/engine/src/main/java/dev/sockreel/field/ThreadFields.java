package dev.sockreel.field;

import dev.sockreel.process.ThreadWait;
import dev.sockreel.sockdiag.Socket;
import java.util.List;

/** The fields of a thread of an owner, in the order of the JSON. */
public final class ThreadFields {
    public static final List<Field<ThreadWait>> ALL = List.of(
            Field.of("tid", new FieldValue.Number<>(ThreadWait::tid, Socket.UNKNOWN))
                    .describedAs("thread id"),
            Field.of("state", new FieldValue.Text<>(ThreadWait::state))
                    .describedAs("the letter in its stat"),
            Field.of("syscall", new FieldValue.Text<>(ThreadWait::syscall))
                    .describedAs("name of the system call it is in, or its number where the name is not known"),
            Field.of("fd", new FieldValue.Number<>(ThreadWait::fd, ThreadWait.NO_FD))
                    .describedAs("the call's first argument where that is a descriptor"),
            Field.of("wchan", new FieldValue.Text<>(ThreadWait::wchan))
                    .describedAs("kernel function it sleeps in"),
            Field.of("why", new FieldValue.OptionalText<>(ThreadWait::why))
                    .describedAs("why there is no call: `running`, `no-call`, `not-permitted`, `ended`, `unreadable`"));

    private ThreadFields() {}
}
