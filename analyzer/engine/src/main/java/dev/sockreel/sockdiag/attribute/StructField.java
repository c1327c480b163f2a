package dev.sockreel.sockdiag.attribute;

/**
 * One field of a struct in a message. Whether it exists follows from the struct's length alone.
 *
 * @param struct      the struct it belongs to
 * @param name        as in the uapi header
 * @param offset      bytes from the struct's begin
 * @param bytes       1, 2, 4 or 8
 * @param signed      whether the number is signed
 * @param bits        width of a bit-field, 0 for a whole integer
 * @param bitIndex    bits of the same byte that are declared before it: on a little-endian host they are the lower ones
 * @param structBytes minimum length of the struct for the field to exist; more than {@code offset + bytes} where older
 *                    kernels have padding in its place
 */
public record StructField(
        StructKind struct,
        String name,
        int offset,
        int bytes,
        boolean signed,
        int bits,
        int bitIndex,
        int structBytes) {

    /** Returns an unsigned integer that exists when the struct reaches its end. */
    public static StructField unsigned(StructKind struct, String name, int offset, int bytes) {
        return new StructField(struct, name, offset, bytes, false, 0, 0, offset + bytes);
    }

    /** Returns a bit-field within one byte. */
    public static StructField bits(StructKind struct, String name, int offset, int bits, int bitIndex) {
        return new StructField(struct, name, offset, 1, false, bits, bitIndex, offset + 1);
    }

    /** Returns this field, which then exists only in structs of at least that length. */
    public StructField since(int minStructBytes) {
        return new StructField(struct, name, offset, bytes, signed, bits, bitIndex, minStructBytes);
    }
}
