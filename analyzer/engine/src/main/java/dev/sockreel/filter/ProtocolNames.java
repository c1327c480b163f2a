package dev.sockreel.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ss's names of protocols: netlink (uapi/linux/netlink.h) and Ethernet (uapi/linux/if_ether.h, ETH_P_*). */
public final class ProtocolNames {
    private static final int MAX_NETLINK = 255;
    private static final int MAX_ETHERTYPE = 0xffff;

    /** Names by number; empty where ss has none. */
    private static final List<String> NETLINK = List.of(
            "rtnl", "unused", "usersock", "fw", "tcpdiag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fiblookup",
            "connector", "nft", "ip6fw", "dec-rt", "uevent", "genl", "", "scsi-trans", "ecryptfs", "rdma", "crypto");

    private static final Map<Integer, String> ETHERTYPES = Map.ofEntries(
            Map.entry(0x0001, "802_3"), Map.entry(0x0002, "ax25"), Map.entry(0x0003, "all"), Map.entry(0x0004, "802_2"),
            Map.entry(0x0005, "snap"), Map.entry(0x0006, "ddcmp"), Map.entry(0x0007, "wan_ppp"),
            Map.entry(0x0008, "ppp_mp"), Map.entry(0x0009, "localtalk"), Map.entry(0x000c, "can"),
            Map.entry(0x0010, "ppptalk"), Map.entry(0x0011, "tr_802_2"), Map.entry(0x0015, "mobitex"),
            Map.entry(0x0016, "control"), Map.entry(0x0017, "irda"), Map.entry(0x0018, "econet"),
            Map.entry(0x0060, "loop"), Map.entry(0x0200, "pup"), Map.entry(0x0201, "pupat"), Map.entry(0x0800, "ip"),
            Map.entry(0x0805, "x25"), Map.entry(0x0806, "arp"), Map.entry(0x08ff, "bpq"), Map.entry(0x0a00, "ieeepup"),
            Map.entry(0x0a01, "ieeepupat"), Map.entry(0x6000, "dec"), Map.entry(0x6001, "dna_dl"),
            Map.entry(0x6002, "dna_rc"), Map.entry(0x6003, "dna_rt"), Map.entry(0x6004, "lat"),
            Map.entry(0x6005, "diag"),
            Map.entry(0x6006, "cust"), Map.entry(0x6007, "sca"), Map.entry(0x6558, "teb"), Map.entry(0x8035, "rarp"),
            Map.entry(0x809b, "atalk"), Map.entry(0x80f3, "aarp"), Map.entry(0x8100, "802.1Q"),
            Map.entry(0x8137, "ipx"),
            Map.entry(0x86dd, "ipv6"), Map.entry(0x8847, "mpls_uc"), Map.entry(0x8848, "mpls_mc"),
            Map.entry(0x884c, "atmmpoa"), Map.entry(0x8863, "ppp_disc"), Map.entry(0x8864, "ppp_ses"),
            Map.entry(0x8884, "atmfate"), Map.entry(0x8892, "profinet"), Map.entry(0x88a2, "aoe"),
            Map.entry(0x88a4, "ethercat"), Map.entry(0x88a8, "802.1ad"), Map.entry(0x88ca, "tipc"),
            Map.entry(0x88cc, "LLDP"), Map.entry(0x8902, "cfm"));

    /** Numbers by their names in lower case. */
    private static final Map<String, Integer> NUMBERS = new HashMap<>(Map.of("ipv4", 0x0800));

    static {
        ETHERTYPES.forEach((number, name) -> NUMBERS.put(name.toLowerCase(Locale.ROOT), number));
    }

    /** Returns the name of a netlink protocol, null for none. */
    public static @Nullable String netlink(int protocol) {
        boolean named = protocol >= 0 && protocol < NETLINK.size() && !NETLINK.get(protocol).isEmpty();
        return named ? NETLINK.get(protocol) : null;
    }

    /** Returns the name of an Ethernet protocol, null for none. */
    public static @Nullable String ethertype(int number) {
        return ETHERTYPES.get(number);
    }

    /** Returns the netlink protocol of a name or a number; null for neither. */
    static @Nullable Long netlink(String text) {
        int number = text.isEmpty() ? -1 : NETLINK.indexOf(text);
        return number < 0 ? Numbers.upTo(text, MAX_NETLINK) : Long.valueOf(number);
    }

    /** Returns the Ethernet protocol of a name, in either case, or a number; null for neither. */
    static @Nullable Long ethertype(String text) {
        Integer number = NUMBERS.get(text.toLowerCase(Locale.ROOT));
        return number == null ? Numbers.upTo(text, MAX_ETHERTYPE) : Long.valueOf(number);
    }

    private ProtocolNames() {}
}
