package dev.sockreel.address;

import dev.sockreel.utf8.Utf8Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Renders addresses in the notation of {@code ss -n}: {@code HOST:PORT}, {@code *} for any. JSON, CSV and text show
 * this; what ss prints in two cells is {@link #host} and {@link #port}.
 */
public final class AddressText {
    private static final String ANY = "*";
    private static final int MAX_INET_CHARS = 72;

    /** Returns the whole address, {@code 127.0.0.1:80}; the name alone for unix, {@code *} alone for no peer. */
    public static String of(SocketAddress address) {
        return switch (address) {
            case UnixAddress unix -> host(unix);
            case NoPeer peer -> ANY;
            case InetEndpoint inet -> {
                Utf8Buffer out = new Utf8Buffer(MAX_INET_CHARS);
                putHost(inet, out);
                out.put(':');
                yield inet.port() == 0 ? out.put(ANY).toString() : out.put(inet.port()).toString();
            }
            default -> host(address) + ":" + port(address);
        };
    }

    /** Returns the whole address, null for null. */
    public static @Nullable String orNull(@Nullable SocketAddress address) {
        return address == null ? null : of(address);
    }

    /** Returns what stands before the colon; all of a unix name. */
    public static String host(SocketAddress address) {
        return switch (address) {
            case InetEndpoint a -> {
                Utf8Buffer out = new Utf8Buffer(MAX_INET_CHARS);
                putHost(a, out);
                yield out.toString();
            }
            case UnixAddress a when a.isAbstract() -> "@" + a.name();
            // a path that begins with @ must not look like an abstract name
            case UnixAddress a -> a.name().startsWith("@") ? "\\x40" + a.name().substring(1) : a.name();
            case NetlinkAddress a -> Integer.toString(a.protocol());
            case NetlinkDestination a -> Integer.toString(a.group());
            case PacketAddress a -> a.protocol() == PacketAddress.ETH_P_ALL ? ANY : "[" + a.protocol() + "]";
            case VsockAddress a -> orAny(a.cid(), VsockAddress.ANY);
            case TipcAddress a -> Long.toString(a.node());
            case XdpAddress a -> ANY;
            case NoPeer a -> ANY;
        };
    }

    /** Returns what stands behind the colon; empty for a unix name and for no peer. */
    public static String port(SocketAddress address) {
        return switch (address) {
            case InetEndpoint a -> orAny(a.port(), 0);
            case NetlinkAddress a -> orAny(a.portId(), NetlinkAddress.ANY_PORT);
            case NetlinkDestination a -> Integer.toString(a.portId());
            case PacketAddress a -> ANY;
            case VsockAddress a -> orAny(a.port(), VsockAddress.ANY);
            case TipcAddress a -> Long.toString(a.reference());
            case XdpAddress a -> "q" + a.queue();
            case UnixAddress a -> "";
            case NoPeer a -> "";
        };
    }

    /** Returns an inet address without port and brackets: {@code ::1}. */
    public static String bare(InetEndpoint inet) {
        Utf8Buffer out = new Utf8Buffer(MAX_INET_CHARS);
        bare(inet, out);
        return out.toString();
    }

    /** Writes what {@link #host} returns. */
    public static void putHost(InetEndpoint inet, Utf8Buffer out) {
        if (inet.dualStack()) {
            out.put(ANY);
        } else if (inet.version() == 4) {
            bare(inet, out);
        } else {
            out.put('[');
            bare(inet, out);
            out.put(']');
        }
    }

    private static void bare(InetEndpoint inet, Utf8Buffer out) {
        if (inet.version() == 4) {
            InetAddressText.ipv4(inet.low(), out);
        } else {
            InetAddressText.ipv6(inet.high(), inet.low(), out);
        }
    }

    private static String orAny(long number, long any) {
        return number == any ? ANY : Long.toString(number);
    }

    private AddressText() {}
}
