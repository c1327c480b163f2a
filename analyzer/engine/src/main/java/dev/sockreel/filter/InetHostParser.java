package dev.sockreel.filter;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.filter.HostPattern.Port;
import dev.sockreel.nlmsg.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code 10.0.0.0/8}, {@code 127.0.0.1:80}, {@code [::1]:80}, {@code 10/8}, {@code *:http}, {@code :80}; also, as ss
 * prints them, {@code 127.0.0.53%lo:53} and {@code [fe80::1]%eth0:80}.
 */
final class InetHostParser {
    private static final Pattern DEVICE = Pattern.compile("%([^\\]:/%]+)");
    private static final List<String> ANY = List.of("", "*", "any", "all", "default");
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    /** Bytes 8 to 11 of an IPv4-mapped address. */
    private static final long MAPPED = 0xffff;
    private static final long MAX_PORT = 0xffff;
    private static final long MAX_U32 = 0xffffffffL;

    private final HostText host;
    private final int family;

    /** @param family AF_*; {@link Filter#AF_UNSPEC} for both inet and inet6 */
    InetHostParser(HostText host, int family) {
        this.host = host;
        this.family = family;
    }

    HostPattern.Inet parse(boolean portAlone) {
        String rest = host.rest();
        if (portAlone) {
            return new HostPattern.Inet(null, port(rest.startsWith(":") ? rest.substring(1) : rest, null));
        }
        Matcher device = DEVICE.matcher(rest);
        DeviceCondition on = device.find() ? DeviceCondition.parse(device.group(1)) : null;
        String text = on == null ? rest : rest.substring(0, device.start()) + rest.substring(device.end());
        int end = endOfAddress(text);
        String address = text.startsWith("[") ? text.substring(1, end - 1) : text.substring(0, end);
        if (end < text.length() && text.charAt(end) != ':') {
            throw host.error("only a colon and a port may follow the address; a prefix length belongs inside "
                    + "the brackets: [fe80::/64]", text.substring(end));
        }
        return inet(address, port(text.substring(Math.min(end + 1, text.length())), on));
    }

    /** Returns the index after the address. */
    private int endOfAddress(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw host.error("the bracket of this address is not closed", text);
            }
            return close + 1;
        }
        if (text.startsWith("*")) {
            return 1;
        }
        int slash = text.indexOf('/');
        int colon = text.lastIndexOf(':');
        return colon < slash || colon < 0 ? text.length() : colon;
    }

    private HostPattern.Inet inet(String text, Port port) {
        if (ANY.contains(text)) {
            return new HostPattern.Inet(null, port);
        }
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetEndpoint address = literal.contains(":") ? ipv6(literal) : ipv4(literal);
        if (address == null) {
            throw host.error(notAnAddress(literal), literal);
        }
        boolean four = address.version() == 4;
        if (family != Filter.AF_UNSPEC && family != (four ? Family.AF_INET : Family.AF_INET6)) {
            throw host.error(
                    "\"" + literal + "\" is an IPv" + (four ? 4 : 6)
                            + " address, but the filter names another family",
                    literal);
        }
        int all = four ? IPV4_BITS : IPV6_BITS;
        int bits = slash < 0 ? all : prefix(text.substring(slash + 1), all);
        return new HostPattern.Inet(new InetPrefix(address, bits), port);
    }

    private String notAnAddress(String literal) {
        String whole = host.rest();
        if (ipv6(whole) != null) {
            return "an IPv6 address needs brackets: [" + whole + "]";
        }
        return "\"" + literal
                + "\" is not an address; host names are not resolved, because their meaning now says nothing about "
                + "the time of the recording";
    }

    /** Reads 1 to 4 numbers as ss does: the missing ones are 0. */
    private static @Nullable InetEndpoint ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        int address = 0;
        for (int i = 0; i < 4; i++) {
            Long part = i < parts.length ? Numbers.upTo(parts[i], 255) : Long.valueOf(0);
            if (part == null) {
                return null;
            }
            address = address << 8 | part.intValue();
        }
        return InetEndpoint.ipv4(address, 0);
    }

    private static @Nullable InetEndpoint ipv6(String text) {
        if (!text.contains(":") || !text.matches("[0-9a-fA-F:.]{2,45}")) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(InetAddress.ofLiteral(text).getAddress());
            return bytes.remaining() == 4 // Java turns an IPv4-mapped address into IPv4
                    ? InetEndpoint.ipv6(0, MAPPED << 32 | Integer.toUnsignedLong(bytes.getInt()), 0)
                    : InetEndpoint.ipv6(bytes.getLong(), bytes.getLong(), 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Reads a number of bits, or for IPv4 a mask: 255.0.0.0. */
    private int prefix(String text, int most) {
        Long bits = Numbers.upTo(text, most);
        InetEndpoint mask = bits == null && most == IPV4_BITS && text.contains(".") ? ipv4(text) : null;
        if (mask != null) {
            int ones = (int) mask.low();
            int length = Integer.numberOfLeadingZeros(~ones);
            bits = Integer.bitCount(ones) == length ? Long.valueOf(length) : null;
        }
        if (bits == null) {
            throw host.error("\"" + text + "\" is not a prefix length: give 0 to " + most, "/" + text);
        }
        return bits.intValue();
    }

    private Port port(String text, @Nullable DeviceCondition device) {
        if (text.isEmpty() || text.equals("*")) {
            return new Port(null, device);
        }
        boolean inet = family == Family.AF_INET || family == Family.AF_INET6;
        if (Numbers.parse(text) != null) {
            // without a family it is compared with the numbers of other families too, which are longer
            Long number = Numbers.upTo(text, inet ? MAX_PORT : MAX_U32);
            if (number == null) {
                throw host.error("\"" + text + "\" is not a port: give 0 to " + (inet ? MAX_PORT : MAX_U32), text);
            }
            return new Port(number, device);
        }
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            throw host.error("\"" + text + "\" is not a port: give a number or the name of a service", text);
        }
        try {
            return new Port((long) Services.ofThisMachine().port(text), device);
        } catch (IllegalArgumentException e) {
            throw host.error(String.valueOf(e.getMessage()), text);
        }
    }
}
