package dev.sockreel.nlmsg;

/**
 * Searches bytes that are no readable message for TCP-MD5 keys: for the header of INET_DIAG_MD5SIG, and for struct
 * tcp_diag_md5sig alone. Either may stand at any offset and be of either byte order, whatever the order of the rest.
 *
 * <pre>
 *  0      2      4        5           6        8         24         104
 *  +------+------+--------+-----------+--------+---------+----------+- - -
 *  | len  | type | family | prefixlen | keylen | addr    | key, then zeros; the next struct
 *  +------+------+--------+-----------+--------+---------+----------+- - -
 * </pre>
 */
final class KeySearch {
    /** uapi/linux/inet_diag.h: an array of struct tcp_diag_md5sig. */
    static final int INET_DIAG_MD5SIG = 18;
    /** sizeof(struct tcp_diag_md5sig), uapi/linux/inet_diag.h. */
    static final int STRUCT_BYTES = 100;
    /** Offset and length of tcpm_key. */
    static final int KEY_AT = 20;
    static final int MAX_KEY_BYTES = 80;

    private static final int KEYLEN_AT = 2;
    private static final int ADDR_AT = 4;
    private static final int IPV4_ADDR_END = 8;
    private static final int MAX_PREFIX_BITS = 32;
    private static final int MAX_PREFIX6_BITS = 128;
    /** Zeros without which bytes that fit the struct's fields may do so by chance. */
    private static final int MIN_ZEROS = 12;
    private static final int MIN_SIGNS = 3;
    private static final int MAX_SHIFT_BYTES = 3;

    private final WireReader in;

    KeySearch(WireReader in) {
        this.in = in;
    }

    /** Returns the offset of the first struct in the range, or -1 for none. */
    int find(int from, int to) {
        for (int at = from; at + KEY_AT < to; at++) {
            if (isHeader(at, to)) {
                return at + NlattrWalk.HEADER_BYTES;
            }
            if (isStruct(at, to)) {
                return at;
            }
        }
        return -1;
    }

    /** Returns whether the attribute's header stands here, before a struct of which the family or the length fits. */
    private boolean isHeader(int at, int to) {
        int low = in.u8(at) | in.u8(at + 1) << 8;
        int lowType = (in.u8(at + 2) | in.u8(at + 3) << 8) & NlattrWalk.TYPE_MASK;
        int high = in.u8(at) << 8 | in.u8(at + 1);
        int highType = (in.u8(at + 2) << 8 | in.u8(at + 3)) & NlattrWalk.TYPE_MASK;
        boolean fits = lowType == INET_DIAG_MD5SIG && isSize(low - NlattrWalk.HEADER_BYTES)
                || highType == INET_DIAG_MD5SIG && isSize(high - NlattrWalk.HEADER_BYTES);
        int struct = at + NlattrWalk.HEADER_BYTES;
        return fits && struct + ADDR_AT <= to && (isFamily(struct) || keyBytes(struct) > 0);
    }

    static boolean isSize(int valueBytes) {
        return valueBytes > 0 && valueBytes % STRUCT_BYTES == 0;
    }

    private boolean isFamily(int at) {
        return Family.isInet(in.u8(at));
    }

    private boolean isPrefix(int at) {
        return in.u8(at + 1) <= (in.u8(at) == Family.AF_INET ? MAX_PREFIX_BITS : MAX_PREFIX6_BITS);
    }

    /** Returns tcpm_keylen in the order in which it is one, or 0. */
    private int keyBytes(int at) {
        int first = in.u8(at + KEYLEN_AT);
        int second = in.u8(at + KEYLEN_AT + 1);
        int length = first == 0 ? second : second == 0 ? first : 0;
        return length <= MAX_KEY_BYTES ? length : 0;
    }

    private boolean isStruct(int at, int to) {
        if (!isFamily(at) || !isPrefix(at) || keyBytes(at) == 0) {
            return false;
        }
        int end = Math.min(to, at + STRUCT_BYTES);
        int tail = at + KEY_AT + keyBytes(at);
        int zeros = Math.max(0, end - tail);
        if (in.u8(at) == Family.AF_INET) {
            if (!isZero(at + IPV4_ADDR_END, at + KEY_AT)) {
                return false;
            }
            zeros += KEY_AT - IPV4_ADDR_END;
        }
        return zeros >= MIN_ZEROS && isZero(tail, end) && !isZero(at + KEY_AT, Math.min(tail, end));
    }

    /**
     * Returns whether a value as long as an array of the struct may be one although its type is another or a byte is
     * missing before it.
     *
     * @param strict whether all structs must have a family, a prefix and a length of a key
     */
    boolean isArray(int from, int to, boolean strict) {
        for (int shift = -MAX_SHIFT_BYTES; shift <= MAX_SHIFT_BYTES; shift++) {
            boolean all = true;
            boolean any = false;
            for (int at = from + shift; at + KEY_AT <= to; at += STRUCT_BYTES) {
                boolean fits = isFamily(at) && isPrefix(at) && keyBytes(at) > 0;
                all &= fits;
                any |= fits || signs(at, Math.min(to, at + STRUCT_BYTES)) >= MIN_SIGNS;
            }
            if (strict ? all : any) {
                return true;
            }
        }
        return false;
    }

    private int signs(int at, int to) {
        boolean zeros = isZero(Math.min(to, at + KEY_AT + keyBytes(at)), to) || isZero(at + IPV4_ADDR_END, at + KEY_AT);
        return (isFamily(at) ? 1 : 0) + (isPrefix(at) ? 1 : 0) + (keyBytes(at) > 0 ? 1 : 0) + (zeros ? 1 : 0);
    }

    private boolean isZero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (in.u8(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
