package dev.sockreel.field;

import dev.sockreel.address.AddressText;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a socket, in the order of the JSON. A new field is one row here; its CSV column goes behind the others,
 * so that the places of those stay.
 */
public final class SocketFields {
    public static final String ATTRIBUTES = "attributes";
    public static final String OWNERS_AS_OF = "ownersAsOf";

    public static final List<Field<SocketRow>> ALL = List.of(
            number("snapshot", SocketRow::snapshot).inColumn(1).notCompared()
                    .describedAs("index of the snapshot, from 0"),
            text("time", row -> Rfc3339.of(row.time().realtimeNs())).inColumn(2).notFiltered().notCompared()
                    .describedAs("when its datagram was received, RFC 3339 with nanoseconds"),
            number("netns", SocketRow::netns, 0).inColumn(3)
                    .describedAs("inode of the network namespace; a filter also compares it with its name"),
            text("netnsName", SocketRow::netnsName).inColumn(28).notCompared()
                    .describedAs("its name under /run/netns, or its path"),
            text("netid", row -> row.socket().netid()).inColumn(4)
                    .describedAs("ss's name of the kind: tcp, udp, u_str, nl, …"),
            text("state", row -> row.socket().state()).inColumn(5)
                    .describedAs(
                            "ss's name of the state: ESTAB, LISTEN, …;"
                                    + " a filter compares it with names and groups of states"),
            text("local", row -> AddressText.orNull(row.socket().local())).inColumn(6).notFiltered()
                    .describedAs("own address in ss -n's notation; filters have `src`"),
            text("peer", row -> AddressText.orNull(row.peer())).inColumn(7).notFiltered()
                    .describedAs("address or name of the other end; filters have `dst`"),
            number("inode", row -> row.socket().inode()).inColumn(8)
                    .describedAs("inode of the socket; 0: none (not accepted, orphaned, TIME-WAIT)"),
            digits("cookie", row -> row.socket().cookie(), Socket.NO_COOKIE).inColumn(9)
                    .describedAs("the kernel's number of the socket, unique until the next boot"),
            number("uid", row -> row.socket().uid()).inColumn(10)
                    .describedAs("user id"),
            number("ifindex", row -> row.socket().ifindex()).inColumn(21)
                    .describedAs("index of the device that it is bound to; 0: none"),
            optionalText("interface", SocketRow::interfaceName).inColumn(22)
                    .describedAs("name of that device; left out where the capture has no name"),
            number("recvQ", row -> row.socket().recvQ().kernelNumber()).inColumn(11)
                    .describedAs("the kernel's number of the receive queue"),
            text("recvQMeaning", row -> row.socket().recvQ().meaning().id()).inColumn(12)
                    .describedAs("what that number counts"),
            number("sendQ", row -> row.socket().sendQ().kernelNumber()).inColumn(13)
                    .describedAs("the kernel's number of the send queue"),
            text("sendQMeaning", row -> row.socket().sendQ().meaning().id()).inColumn(14)
                    .describedAs("what that number counts"),
            number("unread", row -> row.socket().unread().orElse(Socket.UNKNOWN)).inColumn(15)
                    .describedAs("bytes that the application has not read, without a FIN"),
            truth("waiting", row -> row.socket().waiting()).inColumn(16)
                    .describedAs("something waits to be received, also where bytes are not known"),
            truth("eofUnread", row -> row.socket().eofUnread()).inColumn(17)
                    .describedAs("the peer's FIN was not read"),
            number("peerInode", row -> row.socket().peerInode()).inColumn(23)
                    .describedAs("unix: inode of the peer; 0: a peer without an inode"),
            owners("peerOwners", SocketRow::peerOwners).inColumn(24)
                    .describedAs("unix: owners of the peer"),
            number("fileInode", row -> row.socket().fileInode()).inColumn(25)
                    .describedAs("unix: inode of the socket's file"),
            number("fileDevice", row -> row.socket().fileDevice()).inColumn(26)
                    .describedAs("unix: device of the socket's file, major << 20 \\| minor"),
            optionalText(OWNERS_AS_OF, SocketFields::ownersAsOf).inColumn(30).notFiltered().notCompared()
                    .describedAs(
                            "when the first owner was looked up, which may be before the snapshot; left out without"
                                    + " owners"),
            text("comm", SocketRow::comm).inColumn(29).notFiltered().notCompared()
                    .describedAs("name of the first of its owners; a filter compares those of all"),
            owners("owners", SocketRow::owners).inColumn(18)
                    .describedAs("processes that hold it; `[]`: none does"),
            mark("recorder", SocketRow::isRecorders).inColumn(31).notCompared()
                    .describedAs(
                            "the recorder opened it itself to ask the kernel; left out for all others, and where the"
                                    + " capture does not tell"),
            reasons("unknown", SocketRow::unknown).inColumn(20).notFiltered()
                    .describedAs("field that is null → reason, see UNKNOWNS.md"),
            text("source", row -> row.socket().source()).inColumn(19)
                    .describedAs("`sock_diag` or `proc`"),
            Field.of(ATTRIBUTES, new FieldValue.Attributes()).inColumn(27)
                    .describedAs("all attributes by their uapi names; a filter compares each value by its own name"));

    /** The columns of CSV, in their order. */
    public static final List<Field<SocketRow>> COLUMNS = ALL.stream()
            .filter(f -> f.column() != Field.NO_COLUMN)
            .sorted(Comparator.comparingInt(Field::column))
            .toList();

    private static final Map<String, Field<SocketRow>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Field::name, f -> f));

    /** Returns the field of that name, null for none. */
    public static @Nullable Field<SocketRow> find(String name) {
        return BY_NAME.get(name);
    }

    /** Returns the fields of these names, which must exist. */
    public static List<Field<SocketRow>> named(String... names) {
        return Arrays.stream(names).map(SocketFields::named).toList();
    }

    private static Field<SocketRow> named(String name) {
        Field<SocketRow> field = find(name);
        if (field == null) {
            throw new IllegalArgumentException("no field " + name);
        }
        return field;
    }

    private static @Nullable String ownersAsOf(SocketRow row) {
        List<Owner> owners = row.owners();
        return owners == null || owners.isEmpty() ? null : Rfc3339.of(owners.getFirst().asOf().realtimeNs());
    }

    private static Field<SocketRow> number(String name, ToLongFunction<SocketRow> getter) {
        return number(name, getter, Socket.UNKNOWN);
    }

    private static Field<SocketRow> number(String name, ToLongFunction<SocketRow> getter, long unknown) {
        return Field.of(name, new FieldValue.Number<>(getter, unknown));
    }

    private static Field<SocketRow> digits(String name, ToLongFunction<SocketRow> getter, long unknown) {
        return Field.of(name, new FieldValue.Digits<>(getter, unknown));
    }

    private static Field<SocketRow> text(String name, Function<SocketRow, @Nullable String> getter) {
        return Field.of(name, new FieldValue.Text<>(getter));
    }

    private static Field<SocketRow> optionalText(String name, Function<SocketRow, @Nullable String> getter) {
        return Field.of(name, new FieldValue.OptionalText<>(getter));
    }

    private static Field<SocketRow> truth(String name, Function<SocketRow, @Nullable Boolean> getter) {
        return Field.of(name, new FieldValue.Truth<>(getter));
    }

    private static Field<SocketRow> mark(String name, Predicate<SocketRow> getter) {
        return Field.of(name, new FieldValue.Mark<>(getter));
    }

    private static Field<SocketRow> owners(String name, Function<SocketRow, @Nullable List<Owner>> getter) {
        return Field.of(name, new FieldValue.Owners<>(getter));
    }

    private static Field<SocketRow> reasons(String name, Function<SocketRow, Map<String, Unknown>> getter) {
        return Field.of(name, new FieldValue.Reasons<>(getter));
    }

    private SocketFields() {}
}
