package dev.sockreel.nlmsg;

/** Classifies attributes of inet's replies by type and length alone: which cannot hold a key, and which are none. */
public final class InetAttribute {
    static final int INET_DIAG_INFO = 2;
    /** The name of the congestion control. */
    public static final int INET_DIAG_CONG = 4;
    /** Types above are no attributes of sock_diag, which has 22 so far. */
    private static final int MAX_TYPE = 63;
    /** The length of struct tcp_info in Linux 4.10; kernels before it send no keys. */
    private static final int MIN_INFO_BYTES = 192;
    /** The shortest tcp_info that may be the one of 4.10 and, by a damaged length, an INET_DIAG_MD5SIG behind it. */
    private static final int MAX_INFO_BYTES = MIN_INFO_BYTES + NlattrWalk.HEADER_BYTES + KeySearch.STRUCT_BYTES;

    /**
     * Returns whether a value holds no secret: a whole struct with a key does not fit because the value is too short for
     * one, or as long as the tcp_info of a kernel.
     */
    public static boolean isPlain(int type, int valueBytes) {
        return isPossible(type)
                && type != KeySearch.INET_DIAG_MD5SIG
                && type != BpfStorages.INET_DIAG_SK_BPF_STORAGES
                && (valueBytes < KeySearch.STRUCT_BYTES || (type == INET_DIAG_INFO && isInfo(valueBytes)));
    }

    /** Returns whether it may be the tcp_info of a kernel to come, whose length alone does not tell it from others. */
    public static boolean mayBeLongInfo(int type, int valueBytes) {
        return type == INET_DIAG_INFO && valueBytes >= MAX_INFO_BYTES && (valueBytes & 3) == 0
                && !KeySearch.isSize(valueBytes);
    }

    private static boolean isInfo(int bytes) {
        return bytes >= MIN_INFO_BYTES && bytes < MAX_INFO_BYTES && (bytes & 3) == 0 && !KeySearch.isSize(bytes);
    }

    /** Returns whether a kernel may send an attribute of this type, now or later. INET_DIAG_NONE is never sent. */
    static boolean isPossible(int type) {
        return type > 0 && type <= MAX_TYPE;
    }

    private InetAttribute() {}
}
