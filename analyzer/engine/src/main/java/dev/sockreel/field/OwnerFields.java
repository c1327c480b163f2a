package dev.sockreel.field;

import dev.sockreel.process.Container;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.sockdiag.Socket;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
                    .describedAs("the letter in `/proc/PID/stat` in this snapshot, when recorded: R, S, D, T, Z, …"),
            text("asOf", o -> Rfc3339.of(o.asOf().realtimeNs())).notFiltered().notCompared()
                    .describedAs("when the descriptor was looked up, which may be before the snapshot"),
            text("started", o -> Rfc3339.of(facts(o).startedNs())).notFiltered().notCompared()
                    .describedAs("when the process was started"),
            Field.of("cpuMs", new FieldValue.Number<Owner>(o -> o.process().cpuMs(), OwnerProcess.UNKNOWN))
                    .notFiltered()
                    .notCompared()
                    .describedAs("CPU time that the process had used by this snapshot, user and system, ms"),
            text("cmdline", o -> facts(o).cmdline().text()).notCompared()
                    .describedAs("its command line, quoted for a shell; null for a kernel thread"),
            optionalText("cmdlineRemark", o -> facts(o).cmdline().remark()).notCompared()
                    .describedAs("`masked`: secrets in it were replaced; `cut`, `withheld`, `unreadable`;"
                            + " left out where there is nothing to remark"),
            text("user", o -> facts(o).user()).notCompared()
                    .describedAs("name of its effective user, or the number of one without a name"),
            text("unit", o -> facts(o).cgroup().unit()).notCompared()
                    .describedAs("its systemd unit"),
            text("container", o -> container(o, Container::id)).notCompared()
                    .describedAs("full id of its container, or its name for lxc and systemd-nspawn"),
            optionalText("containerRuntime", o -> container(o, Container::runtime)).notCompared()
                    .describedAs("docker, containerd, cri-o, podman, lxc, …; left out where the control group does not"
                            + " show it"),
            text("cgroup", o -> facts(o).cgroup().path()).notCompared()
                    .describedAs("path of its control group"),
            Field.of("threads", new FieldValue.Threads(o -> o.process().threads())).notFiltered().notCompared()
                    .describedAs("what its threads waited for in this snapshot; left out where it was not recorded"));

    /** The names of the fields of which a difference is no change of the owner. */
    public static final Set<String> NOT_COMPARED =
            ALL.stream().filter(f -> !f.isCompared()).map(Field::name).collect(Collectors.toUnmodifiableSet());

    private static Field<Owner> text(String name, Function<Owner, @Nullable String> getter) {
        return Field.of(name, new FieldValue.Text<>(getter));
    }

    private static Field<Owner> optionalText(String name, Function<Owner, @Nullable String> getter) {
        return Field.of(name, new FieldValue.OptionalText<>(getter));
    }

    private static ProcessFacts facts(Owner owner) {
        return owner.process().facts();
    }

    private static @Nullable String container(Owner owner, Function<Container, @Nullable String> part) {
        Container container = facts(owner).cgroup().container();
        return container == null ? null : part.apply(container);
    }

    private OwnerFields() {}
}
