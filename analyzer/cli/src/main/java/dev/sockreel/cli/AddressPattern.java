package dev.sockreel.cli;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An internet address and port as a user types it: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code ::1:80}, {@code :80} and
 * {@code *:80} (any address), {@code 127.0.0.1:*} (any port). An IPv4-mapped address is the IPv4 address.
 */
final class AddressPattern {
    private static final String ANY = "*";

    /** Null: any. */
    private final @Nullable InetAddress address;
    /** With the colon before it; empty for any. */
    private final String port;

    private AddressPattern(@Nullable InetAddress address, String port) {
        this.address = address;
        this.port = port;
    }

    /** Empty when the text is no such thing. No name is looked up. */
    static Optional<AddressPattern> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String port = text.substring(colon + 1);
        if (!port.equals(ANY) && !isPort(port)) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        String suffix = port.equals(ANY) ? "" : ":" + Integer.parseInt(port);
        if (host.isEmpty() || host.equals(ANY)) {
            return Optional.of(new AddressPattern(null, suffix));
        }
        return address(host).map(a -> new AddressPattern(a, suffix));
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535;
    }

    /** @param host with or without brackets, maybe with a device behind a percent sign */
    private static Optional<InetAddress> address(String host) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String literal = brackets ? host.substring(1, host.length() - 1) : host;
        int device = literal.indexOf('%');
        literal = device < 0 ? literal : literal.substring(0, device);
        // "1.2" and "5" are addresses to others, not to a reader of ss
        if (!literal.contains(":") && literal.chars().filter(c -> c == '.').count() != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param shown a socket's address in ss -n's notation; null for none */
    boolean matches(@Nullable String shown) {
        if (shown == null || !shown.endsWith(port)) {
            return false;
        }
        int colon = shown.lastIndexOf(':');
        return colon >= 0
                && (address == null || address(shown.substring(0, colon)).filter(address::equals).isPresent());
    }
}
