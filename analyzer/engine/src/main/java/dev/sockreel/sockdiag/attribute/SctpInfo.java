package dev.sockreel.sockdiag.attribute;

/** {@code struct sctp_info} (uapi/linux/sctp.h), INET_DIAG_INFO of sctp: 368 bytes. */
public final class SctpInfo {
    public static final StructTable TABLE = StructTable.of(StructKind.SCTP_INFO)
            .u32("sctpi_tag")
            .u32("sctpi_state")
            .u32("sctpi_rwnd")
            .u16("sctpi_unackdata")
            .u16("sctpi_penddata")
            .u16("sctpi_instrms")
            .u16("sctpi_outstrms")
            .u32("sctpi_fragmentation_point")
            .u32("sctpi_inqueue")
            .u32("sctpi_outqueue")
            .u32("sctpi_overall_error")
            .u32("sctpi_max_burst")
            .u32("sctpi_maxseg")
            .u32("sctpi_peer_rwnd")
            .u32("sctpi_peer_tag")
            .u8("sctpi_peer_capable")
            .u8("sctpi_peer_sack")
            .skip(2)
            .u64("sctpi_isacks")
            .u64("sctpi_osacks")
            .u64("sctpi_opackets")
            .u64("sctpi_ipackets")
            .u64("sctpi_rtxchunks")
            .u64("sctpi_outofseqtsns")
            .u64("sctpi_idupchunks")
            .u64("sctpi_gapcnt")
            .u64("sctpi_ouodchunks")
            .u64("sctpi_iuodchunks")
            .u64("sctpi_oodchunks")
            .u64("sctpi_iodchunks")
            .u64("sctpi_octrlchunks")
            .u64("sctpi_ictrlchunks")
            // sctpi_p_address, a sockaddr_storage; INET_DIAG_PEERS has it too
            .skip(128)
            .s32("sctpi_p_state")
            .u32("sctpi_p_cwnd")
            .u32("sctpi_p_srtt")
            .u32("sctpi_p_rto")
            .u32("sctpi_p_hbinterval")
            .u32("sctpi_p_pathmaxrxt")
            .u32("sctpi_p_sackdelay")
            .u32("sctpi_p_sackfreq")
            .u32("sctpi_p_ssthresh")
            .u32("sctpi_p_partial_bytes_acked")
            .u32("sctpi_p_flight_size")
            .u16("sctpi_p_error")
            .skip(2)
            .u32("sctpi_s_autoclose")
            .u32("sctpi_s_adaptation_ind")
            .u32("sctpi_s_pd_point")
            .u8("sctpi_s_nodelay")
            .u8("sctpi_s_disable_fragments")
            .u8("sctpi_s_v4mapped")
            .u8("sctpi_s_frag_interleave")
            .u32("sctpi_s_type")
            .skip(4);

    /**
     * Returns a field by its name.
     *
     * @throws IllegalArgumentException when the header has no such field
     */
    public static StructField field(String name) {
        return TABLE.field(name);
    }

    private SctpInfo() {}
}
