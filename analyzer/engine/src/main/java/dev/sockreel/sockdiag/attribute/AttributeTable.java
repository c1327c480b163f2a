package dev.sockreel.sockdiag.attribute;

import dev.sockreel.nlmsg.WireReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A family's attributes by nla_type, one row each. */
public final class AttributeTable {
    /** Limit for nla_types; no uapi header of sock_diag has higher ones. */
    public static final int MAX_TYPES = 64;

    /** The shape of *_PAD attributes, which serve alignment only. */
    public static final Shape PADDING = new Shape() {
        @Override
        public boolean isPadding() {
            return true;
        }

        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return true;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.hex(in.bytes(at, bytes));
        }
    };

    public static final AttributeTable NONE = new AttributeTable();

    private final @Nullable Attribute[] byType = new @Nullable Attribute[MAX_TYPES];
    private final int[] typeOfStruct = new int[StructKind.values().length];

    public AttributeTable() {
        Arrays.fill(typeOfStruct, -1);
    }

    /** Adds a row that no {@link StructField} points into. */
    public AttributeTable row(int type, String name, Shape shape, long askedBy) {
        byType[type] = new Attribute(type, name, shape, askedBy, null);
        return this;
    }

    /** Adds a row whose value is one number. */
    @SuppressWarnings("EnumOrdinal") // an EnumMap would box on the hot path
    public AttributeTable row(int type, String name, Shape shape, long askedBy, StructKind number) {
        byType[type] = new Attribute(type, name, shape, askedBy, number);
        typeOfStruct[number.ordinal()] = type;
        return this;
    }

    /** Adds a row whose value is a struct. */
    public AttributeTable row(int type, String name, StructTable struct, long askedBy) {
        return row(type, name, Shapes.struct(struct), askedBy, struct.kind());
    }

    /** Returns the names of all attributes, and of the values within them. */
    public List<String> names() {
        return Arrays.stream(byType)
                .filter(a -> a != null && !a.shape().isPadding())
                .flatMap(a -> Stream.concat(Stream.of(a.name()), a.shape().names().stream()))
                .toList();
    }

    @Nullable
    public Attribute get(int type) {
        return type >= 0 && type < MAX_TYPES ? byType[type] : null;
    }

    /** Returns the nla_type of the attribute that holds this struct, -1 when this family has none. */
    @SuppressWarnings("EnumOrdinal")
    public int typeOf(StructKind struct) {
        return typeOfStruct[struct.ordinal()];
    }
}
