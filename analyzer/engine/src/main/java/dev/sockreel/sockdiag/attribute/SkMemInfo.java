package dev.sockreel.sockdiag.attribute;

import java.util.List;

/**
 * The SK_MEMINFO words (uapi/linux/sock_diag.h), bytes of memory, not of payload: 7 words in Linux 3.x, 8 with
 * OPTMEM's neighbour BACKLOG, 9 with DROPS (4.10), which is a count.
 */
public final class SkMemInfo {
    public static final StructTable TABLE = StructTable.of(StructKind.SK_MEMINFO)
            .u32("SK_MEMINFO_RMEM_ALLOC")
            .u32("SK_MEMINFO_RCVBUF")
            .u32("SK_MEMINFO_WMEM_ALLOC")
            .u32("SK_MEMINFO_SNDBUF")
            .u32("SK_MEMINFO_FWD_ALLOC")
            .u32("SK_MEMINFO_WMEM_QUEUED")
            .u32("SK_MEMINFO_OPTMEM")
            .u32("SK_MEMINFO_BACKLOG")
            .u32("SK_MEMINFO_DROPS");

    public static final StructField RMEM_ALLOC = TABLE.field("SK_MEMINFO_RMEM_ALLOC");
    public static final StructField RCVBUF = TABLE.field("SK_MEMINFO_RCVBUF");
    public static final StructField WMEM_ALLOC = TABLE.field("SK_MEMINFO_WMEM_ALLOC");
    public static final StructField SNDBUF = TABLE.field("SK_MEMINFO_SNDBUF");
    public static final StructField WMEM_QUEUED = TABLE.field("SK_MEMINFO_WMEM_QUEUED");
    public static final StructField OPTMEM = TABLE.field("SK_MEMINFO_OPTMEM");
    public static final StructField BACKLOG = TABLE.field("SK_MEMINFO_BACKLOG");
    /** Packets or datagrams dropped since the socket was created; wraps at 2^32. */
    public static final StructField DROPS = TABLE.field("SK_MEMINFO_DROPS");

    /** Returns all words in the kernel's order. */
    public static List<StructField> fields() {
        return TABLE.fields();
    }

    private SkMemInfo() {}
}
