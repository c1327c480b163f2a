package dev.sockreel.sockdiag;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.VsockAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;

/**
 * {@code struct vsock_diag_msg} (uapi/linux/vm_sockets_diag.h). It has no attributes and no queues.
 *
 * <pre>
 *  0 family type state shutdown   4 src_cid   8 src_port   12 dst_cid   16 dst_port   20 ino   24 cookie[2]   32
 * </pre>
 */
final class VsockFamily extends SocketFamily {
    private static final StructTable HEADER = StructTable.of(StructKind.VSOCK_DIAG_MSG)
            .u8("vdiag_family")
            .u8("vdiag_type")
            .u8("vdiag_state")
            .u8("vdiag_shutdown")
            .u32("vdiag_src_cid")
            .u32("vdiag_src_port")
            .u32("vdiag_dst_cid")
            .u32("vdiag_dst_port")
            .u32("vdiag_ino")
            .skip(8);

    static final VsockFamily INSTANCE = new VsockFamily();

    private VsockFamily() {
        super(Family.AF_VSOCK, HEADER, AttributeTable.NONE);
    }

    @Override
    String netid(DiagSocket s) {
        int type = s.in().u8(s.header() + 1);
        return switch (type) {
            case 1 -> "v_str";
            case 2 -> "v_dgr";
            case 5 -> "v_seq";
            default -> "v_" + type;
        };
    }

    @Override
    int stateNumber(DiagSocket s) {
        return s.in().u8(s.header() + 2);
    }

    @Override
    SocketAddress local(DiagSocket s) {
        return address(s, 4);
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return address(s, 12);
    }

    private static VsockAddress address(DiagSocket s, int at) {
        return new VsockAddress(s.in().u32(s.header() + at), s.in().u32(s.header() + at + 4));
    }
}
