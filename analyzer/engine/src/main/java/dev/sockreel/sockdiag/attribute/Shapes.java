package dev.sockreel.sockdiag.attribute;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.wording.PrintableName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes that attributes of more than one family have. */
public final class Shapes {
    /** sizeof(struct sockaddr_storage). */
    private static final int SOCKADDR_STORAGE_BYTES = 128;

    private interface Writer {
        <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E;
    }

    private record Sized(int minBytes, int multipleOf, List<String> names, Writer writer) implements Shape {
        Sized(int minBytes, int multipleOf, Writer writer) {
            this(minBytes, multipleOf, List.of(), writer);
        }

        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return bytes >= minBytes && bytes % multipleOf == 0;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            writer.write(in, at, bytes, out);
        }
    }

    private record Exact(int length, Writer writer) implements Shape {
        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return bytes == length;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            writer.write(in, at, bytes, out);
        }
    }

    /** The attributes of a table, as one object. */
    private record Nested(AttributeTable table) implements Writer {
        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginObject();
            writeAttributes(table, in, new NlattrWalk(in, at, at + bytes), out);
            out.endObject();
        }
    }

    private record NestedList(Nested element) implements Writer {
        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginArray();
            NlattrWalk each = new NlattrWalk(in, at, at + bytes);
            while (each.next()) {
                element.write(in, each.value(), each.valueBytes(), out);
            }
            out.endArray();
        }
    }

    private record Elements(int elementBytes, Shape element) implements Writer {
        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginArray();
            for (int i = at; i < at + bytes; i += elementBytes) {
                element.writeOrHex(in, i, elementBytes, out);
            }
            out.endArray();
        }
    }

    public static final Shape HEX = new Sized(0, 1, Shapes::hex);
    public static final Shape U8 = new Exact(1, Shapes::u8);
    public static final Shape U16 = new Exact(2, Shapes::u16);
    public static final Shape U32 = new Exact(4, Shapes::u32);
    public static final Shape U64 = new Exact(8, Shapes::u64);
    /** There or not; shown as 1. */
    public static final Shape FLAG = new Exact(0, Shapes::flag);
    /** Text that ends at its NUL. */
    public static final Shape TEXT = new Sized(0, 1, Shapes::text);
    public static final Shape U32_LIST = new Sized(0, 4, Shapes::u32List);
    /** An array of struct sockaddr_storage, written as addresses with ports. */
    public static final Shape SOCKADDRS = new Sized(0, SOCKADDR_STORAGE_BYTES, Shapes::sockaddrs);

    static Shape struct(StructTable table) {
        return new Sized(1, 1, table.fields().stream().map(StructField::name).toList(), table::write);
    }

    public static Shape nested(AttributeTable table) {
        return new Sized(0, 1, table.names(), new Nested(table));
    }

    /** Returns the shape of nested attributes of any number and type, each written as an object. */
    public static Shape nestedList(AttributeTable table) {
        return new Sized(0, 1, new NestedList(new Nested(table)));
    }

    /** Returns the shape of an array of elements of equal length. */
    public static Shape list(int elementBytes, Shape element) {
        return new Sized(0, elementBytes, element.names(), new Elements(elementBytes, element));
    }

    /** Returns the text up to the first NUL or the end, made printable. */
    public static String text(WireReader in, int at, int bytes) {
        byte[] raw = in.bytes(at, bytes);
        int length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        return PrintableName.of(raw, 0, length);
    }

    /** Each attribute once: of a type that stands twice the first counts. */
    public static <E extends Exception> void writeAttributes(AttributeTable table, WireReader in, NlattrWalk walk,
            ValueSink<E> out) throws E {
        BitSet seen = new BitSet();
        while (walk.next()) {
            int type = walk.type();
            Attribute attribute = table.get(type);
            boolean isPadding = attribute != null && attribute.shape().isPadding();
            if (isPadding || seen.get(type)) {
                continue;
            }
            seen.set(type);
            if (attribute == null) {
                out.name(Integer.toString(type));
                out.hex(in.bytes(walk.value(), walk.valueBytes()));
            } else {
                out.name(attribute.name());
                attribute.shape().writeOrHex(in, walk.value(), walk.valueBytes(), out);
            }
        }
    }

    private static <E extends Exception> void hex(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.hex(in.bytes(at, bytes));
    }

    private static <E extends Exception> void u8(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.number(in.u8(at));
    }

    private static <E extends Exception> void u16(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.number(in.u16(at));
    }

    private static <E extends Exception> void u32(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.number(in.u32(at));
    }

    private static <E extends Exception> void u64(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.unsigned(in.u64(at));
    }

    private static <E extends Exception> void flag(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.number(1);
    }

    private static <E extends Exception> void text(WireReader in, int at, int bytes, ValueSink<E> out)
            throws E {
        out.text(text(in, at, bytes));
    }

    private static <E extends Exception> void u32List(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
        out.beginArray();
        for (int i = at; i < at + bytes; i += 4) {
            out.number(in.u32(i));
        }
        out.endArray();
    }

    private static <E extends Exception> void sockaddrs(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
        out.beginArray();
        for (int i = at; i < at + bytes; i += SOCKADDR_STORAGE_BYTES) {
            InetEndpoint address = sockaddr(in, i);
            if (address == null) {
                out.hex(in.bytes(i, SOCKADDR_STORAGE_BYTES));
            } else {
                out.text(AddressText.of(address));
            }
        }
        out.endArray();
    }

    /**
     * Reads an array of struct sockaddr_storage.
     *
     * @return its IPv4 and IPv6 addresses; none when the length is no multiple of the struct's
     */
    public static List<InetEndpoint> addresses(WireReader in, int at, int bytes) {
        List<InetEndpoint> addresses = new ArrayList<>();
        for (int i = at; SOCKADDRS.fits(in, at, bytes) && i < at + bytes; i += SOCKADDR_STORAGE_BYTES) {
            InetEndpoint address = sockaddr(in, i);
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** Reads struct sockaddr_in or sockaddr_in6; returns null for another family. */
    private static @Nullable InetEndpoint sockaddr(WireReader in, int at) {
        int port = in.be16(at + 2);
        return switch (in.u16(at)) {
            case Family.AF_INET -> InetEndpoint.readIpv4(in, at + 4, port);
            case Family.AF_INET6 -> InetEndpoint.readIpv6(in, at + 8, port);
            default -> null;
        };
    }

    private Shapes() {}
}
