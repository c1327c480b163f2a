package dev.sockreel.sockdiag.attribute;

/**
 * {@code struct mptcp_info} (uapi/linux/mptcp.h), INET_DIAG_INFO of mptcp: 40, 43 padded to 48 (44 on 32-bit hosts), 80
 * (6.5), 81 padded to 88 or 84 (6.6), 96 bytes (6.10). Padding is no field, so the fields after it have a minimum
 * length of the struct.
 */
public final class MptcpInfo {
    public static final StructTable TABLE = StructTable.of(StructKind.MPTCP_INFO)
            .u8("mptcpi_subflows")
            .u8("mptcpi_add_addr_signal")
            .u8("mptcpi_add_addr_accepted")
            .u8("mptcpi_subflows_max")
            .u8("mptcpi_add_addr_signal_max")
            .u8("mptcpi_add_addr_accepted_max")
            .u32("mptcpi_flags")
            .u32("mptcpi_token")
            .u64("mptcpi_write_seq")
            .u64("mptcpi_snd_una")
            .u64("mptcpi_rcv_nxt")
            .u8("mptcpi_local_addr_used")
            .u8("mptcpi_local_addr_max")
            .u8("mptcpi_csum_enabled")
            .u32("mptcpi_retransmits").lastSince(80)
            .u64("mptcpi_bytes_retrans")
            .u64("mptcpi_bytes_sent")
            .u64("mptcpi_bytes_received")
            .u64("mptcpi_bytes_acked")
            .u8("mptcpi_subflows_total")
            // endp_laminar_max, endp_fullmesh_max and a reserved byte: zeros of older kernels look the same
            .skip(3)
            .u32("mptcpi_last_data_sent").lastSince(96)
            .u32("mptcpi_last_data_recv")
            .u32("mptcpi_last_ack_recv");

    /** A field that is also 0 in kernels with padding in its place, so it is no row of the table. */
    public static final StructField ENDP_LAMINAR_MAX =
            StructField.unsigned(StructKind.MPTCP_INFO, "mptcpi_endp_laminar_max", 81, 1).since(96);

    /**
     * Returns a field by its name.
     *
     * @throws IllegalArgumentException when the header has no such field
     */
    public static StructField field(String name) {
        return TABLE.field(name);
    }

    private MptcpInfo() {}
}
