package dev.sockreel.nlmsg;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixed header of a family's replies and the secrets in the attributes behind it. Offsets are bytes from the
 * payload's begin.
 *
 * @param name        the struct's name in the uapi headers
 * @param headerBytes length of the fixed header; attributes follow it
 * @param cookieAt    offset of the 8 bytes of the cookie (two native u32, low word first); {@link #NONE} where the
 *                    cookie is an attribute
 * @param inodeAt     offset of the inode; {@link #NONE} where it is an attribute
 * @param inodeBytes  4 or 8
 * @param namesFamily whether the first byte is always the family's AF_*
 * @param secrets     attributes that must not be stored as they are
 */
public record RecordLayout(
        String name,
        int headerBytes,
        int cookieAt,
        int inodeAt,
        int inodeBytes,
        boolean namesFamily,
        List<Secret> secrets) {
    /** The offset of a field that the header does not hold. */
    public static final int NONE = -1;

    /**
     * An attribute that is an array of structs with a secret in each.
     *
     * @param attribute   nla_type
     * @param structBytes length of one array element
     * @param secretAt    offset of the secret in an element
     * @param secretBytes its length
     */
    public record Secret(int attribute, int structBytes, int secretAt, int secretBytes) {}

    /** A header that begins with the family's AF_* and has no secrets behind it. */
    RecordLayout(String name, int headerBytes, int cookieAt, int inodeAt, int inodeBytes) {
        this(name, headerBytes, cookieAt, inodeAt, inodeBytes, true, List.of());
    }

    /** The same header of a family whose replies do not name it. */
    RecordLayout withoutFamily() {
        return new RecordLayout(name, headerBytes, cookieAt, inodeAt, inodeBytes, false, secrets);
    }

    /**
     * Returns the layout of a reply by its first bytes alone, or null when they do not name a listed family: such a
     * reply is stored verbatim.
     *
     * @param firstByte first byte of the payload, 0 to 255
     */
    public static @Nullable RecordLayout of(int nlmsgType, int firstByte) {
        return nlmsgType == Nlmsghdr.SOCK_DIAG_BY_FAMILY || nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK
                ? Family.layoutNamedBy(firstByte)
                : null;
    }
}
