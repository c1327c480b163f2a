package dev.sockreel.filter;

import dev.sockreel.nlmsg.Family;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code [FAMILY:]ADDRESS[:PORT]}. As in ss a named family counts for all later addresses that name none, and
 * the last one limits what is shown to its sockets.
 */
final class HostParser {
    private static final long MAX_U32 = 0xffffffffL;

    private static final Map<String, Integer> PREFIXES = Map.of(
            "unix:", Family.AF_UNIX, "link:", Family.AF_PACKET, "netlink:", Family.AF_NETLINK,
            "vsock:", Family.AF_VSOCK, "inet:", Family.AF_INET, "inet6:", Family.AF_INET6);

    private int preferred;
    private OptionalInt forced = OptionalInt.empty();

    HostParser(int preferredFamily) {
        preferred = preferredFamily;
    }

    /** Returns AF_* of the sockets that may be shown; empty for all. */
    OptionalInt forcedFamily() {
        return forced;
    }

    /**
     * @param portAlone {@code sport} and {@code dport}: the text is a port, with its colon or without
     * @throws ValueException one sentence
     */
    Condition parse(String text, boolean local, boolean portAlone, Operator operator) {
        String prefix = PREFIXES.keySet().stream().filter(text::startsWith).findFirst().orElse("");
        int family = PREFIXES.getOrDefault(prefix, preferred);
        if (family == Filter.AF_UNSPEC && !portAlone && (text.startsWith("/") || text.startsWith("@"))) {
            family = Family.AF_UNIX;
        }
        if (family != Filter.AF_UNSPEC) {
            preferred = family;
            forced = OptionalInt.of(family);
        }
        HostText host = new HostText(text, prefix.length());
        HostPattern pattern = switch (family) {
            case Family.AF_UNIX -> new HostPattern.Unix(new Glob(host.rest()));
            case Family.AF_PACKET, Family.AF_NETLINK, Family.AF_VSOCK -> numbered(host, family, portAlone);
            default -> new InetHostParser(host, family).parse(portAlone);
        };
        if (operator.isOrder()) {
            return order(pattern, local, operator, host);
        }
        Condition equal = equality(pattern, local);
        return operator == Operator.NOT_EQUAL ? equal.negated() : equal;
    }

    private static Condition equality(HostPattern pattern, boolean local) {
        return row -> {
            End end = End.of(row, local);
            return end == null ? Truth.UNKNOWN : pattern.matches(row, end);
        };
    }

    private static Condition order(HostPattern pattern, boolean local, Operator operator, HostText host) {
        Long port = pattern.port();
        if (port == null) {
            throw host.error("< and > need a port number", host.rest());
        }
        long than = port;
        return row -> {
            End end = End.of(row, local);
            return end == null ? Truth.UNKNOWN : Truth.of(operator.holds(Long.compare(end.port(), than)));
        };
    }

    private static HostPattern numbered(HostText host, int family, boolean portAlone) {
        String rest = host.rest();
        int colon = rest.indexOf(':');
        String address = portAlone ? "" : colon < 0 ? rest : rest.substring(0, colon);
        String port = portAlone && colon != 0 ? rest : colon < 0 ? "" : rest.substring(colon + 1);
        boolean anyAddress = address.isEmpty() || address.equals("*");
        Long number = anyAddress ? null : switch (family) {
            case Family.AF_PACKET -> ProtocolNames.ethertype(address);
            case Family.AF_NETLINK -> ProtocolNames.netlink(address);
            default -> Numbers.upTo(address, MAX_U32);
        };
        if (number == null && !anyAddress) {
            throw host.error("\"" + address + "\" is " + switch (family) {
                case Family.AF_PACKET -> "not an Ethernet protocol: give ip, ipv6, arp, all, … or its number";
                case Family.AF_NETLINK -> "not a netlink protocol: give rtnl, genl, uevent, … or its number";
                default -> "not a vsock address: give its number (CID)";
            }, address);
        }
        boolean anyPort = port.isEmpty() || port.equals("*");
        return new HostPattern.Numbered(number, anyPort ? HostPattern.Port.ANY : port(host, family, port));
    }

    private static HostPattern.Port port(HostText host, int family, String port) {
        if (family == Family.AF_NETLINK) {
            Long portid = port.equals("kernel") ? Long.valueOf(0) : portid(port);
            if (portid == null) {
                throw host.error("\"" + port + "\" is not a netlink port id: give a number or kernel", port);
            }
            return new HostPattern.Port(portid, null);
        }
        Long number = Numbers.upTo(port, MAX_U32);
        if (number == null && family == Family.AF_VSOCK) {
            throw host.error("\"" + port + "\" is not a vsock port: give a number", port);
        }
        return number == null
                ? new HostPattern.Port(null, new DeviceCondition(port, null)) : new HostPattern.Port(number, null);
    }

    /** Reads a port id, which is signed, as ss prints it. */
    private static @Nullable Long portid(String text) {
        BigInteger number = Numbers.parse(text);
        return number == null || number.bitLength() > 32 ? null : Long.valueOf(number.longValue());
    }
}
