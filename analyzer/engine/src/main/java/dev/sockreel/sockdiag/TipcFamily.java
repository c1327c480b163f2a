package dev.sockreel.sockdiag;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.TipcAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of tipc. They have no fixed header: the payload is the nested attribute TIPC_NLA_SOCK
 * (uapi/linux/tipc_netlink.h), whose own header of 4 bytes counts here as the fixed one.
 */
final class TipcFamily extends SocketFamily {
    private static final AttributeTable CON = new AttributeTable()
            .row(1, "TIPC_NLA_CON_FLAG", Shapes.FLAG, 0)
            .row(2, "TIPC_NLA_CON_NODE", Shapes.U32, 0)
            .row(3, "TIPC_NLA_CON_SOCK", Shapes.U32, 0)
            .row(4, "TIPC_NLA_CON_TYPE", Shapes.U32, 0)
            .row(5, "TIPC_NLA_CON_INST", Shapes.U32, 0);

    private static final AttributeTable STAT = new AttributeTable()
            .row(0, "TIPC_NLA_SOCK_STAT_RCVQ", Shapes.U32, 0)
            .row(1, "TIPC_NLA_SOCK_STAT_SENDQ", Shapes.U32, 0)
            .row(2, "TIPC_NLA_SOCK_STAT_LINK_CONG", Shapes.FLAG, 0)
            .row(3, "TIPC_NLA_SOCK_STAT_CONN_CONG", Shapes.FLAG, 0)
            .row(4, "TIPC_NLA_SOCK_STAT_DROP", Shapes.U32, 0);

    private static final AttributeTable GROUP = new AttributeTable()
            .row(0, "TIPC_NLA_SOCK_GROUP_ID", Shapes.U32, 0)
            .row(1, "TIPC_NLA_SOCK_GROUP_OPEN", Shapes.FLAG, 0)
            .row(2, "TIPC_NLA_SOCK_GROUP_NODE_SCOPE", Shapes.FLAG, 0)
            .row(3, "TIPC_NLA_SOCK_GROUP_CLUSTER_SCOPE", Shapes.FLAG, 0)
            .row(4, "TIPC_NLA_SOCK_GROUP_INSTANCE", Shapes.U32, 0)
            .row(5, "TIPC_NLA_SOCK_GROUP_BC_SEND_NEXT", Shapes.U32, 0);

    private static final StructTable HEADER = StructTable.of(StructKind.TIPC_DIAG_MSG).skip(4);

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(1, "TIPC_NLA_SOCK_ADDR", Shapes.U32, 0, StructKind.TIPC_SOCK_ADDR)
            .row(2, "TIPC_NLA_SOCK_REF", Shapes.U32, 0, StructKind.TIPC_SOCK_REF)
            .row(3, "TIPC_NLA_SOCK_CON", Shapes.nested(CON), 0)
            .row(4, "TIPC_NLA_SOCK_HAS_PUBL", Shapes.FLAG, 0)
            .row(5, "TIPC_NLA_SOCK_STAT", Shapes.nested(STAT), 0)
            .row(6, "TIPC_NLA_SOCK_TYPE", Shapes.U32, 0, StructKind.TIPC_SOCK_TYPE)
            .row(7, "TIPC_NLA_SOCK_INO", Shapes.U32, 0, StructKind.TIPC_SOCK_INO)
            .row(8, "TIPC_NLA_SOCK_UID", Shapes.U32, 0, StructKind.UID)
            .row(9, "TIPC_NLA_SOCK_TIPC_STATE", Shapes.U32, 0, StructKind.TIPC_SOCK_STATE)
            .row(10, "TIPC_NLA_SOCK_COOKIE", Shapes.U64, 0, StructKind.TIPC_SOCK_COOKIE)
            .row(11, "TIPC_NLA_SOCK_PAD", AttributeTable.PADDING, 0)
            .row(12, "TIPC_NLA_SOCK_GROUP", Shapes.nested(GROUP), 0);

    private static final StructField ADDR = number(StructKind.TIPC_SOCK_ADDR, 4);
    private static final StructField REF = number(StructKind.TIPC_SOCK_REF, 4);
    private static final StructField TYPE = number(StructKind.TIPC_SOCK_TYPE, 4);
    private static final StructField INO = number(StructKind.TIPC_SOCK_INO, 4);
    private static final StructField STATE = number(StructKind.TIPC_SOCK_STATE, 4);
    private static final StructField COOKIE = number(StructKind.TIPC_SOCK_COOKIE, 8);

    static final TipcFamily INSTANCE = new TipcFamily();

    private static StructField number(StructKind kind, int bytes) {
        return StructField.unsigned(kind, kind.name(), 0, bytes);
    }

    private TipcFamily() {
        super(Family.AF_TIPC, HEADER, ATTRIBUTES);
    }

    @Override
    String netid(DiagSocket s) {
        int type = (int) s.value(TYPE, 0);
        return switch (type) {
            case 1 -> "ti_st";
            case 2 -> "ti_dg";
            case 4 -> "ti_rd";
            case 5 -> "ti_sq";
            default -> "ti_" + type;
        };
    }

    /**
     * Returns the state's number; TIPC_ESTABLISHED, TIPC_LISTEN, … are defined as TCP's numbers (net/tipc/socket.c).
     */
    @Override
    int stateNumber(DiagSocket s) {
        return (int) s.value(STATE, 0);
    }

    @Override
    long cookie(DiagSocket s) {
        return s.value(COOKIE, Socket.NO_COOKIE);
    }

    @Override
    long inode(DiagSocket s) {
        return s.value(INO, Socket.UNKNOWN);
    }

    @Override
    @Nullable
    SocketAddress local(DiagSocket s) {
        long ref = s.value(REF, -1);
        long node = s.value(ADDR, -1);
        return ref < 0 || node < 0 ? null : new TipcAddress(node, ref);
    }

    @Override
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {
        if (local(s) == null) {
            out.put("local", s.whyUnknown(REF));
        }
    }
}
