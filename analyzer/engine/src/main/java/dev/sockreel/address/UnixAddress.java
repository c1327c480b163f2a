package dev.sockreel.address;

import dev.sockreel.wording.PrintableName;
import org.jspecify.annotations.Nullable;

/**
 * The name of a unix socket. A socket without a name has no address.
 *
 * @param name       printable as {@link PrintableName} makes it, without the NUL of an abstract name
 * @param isAbstract true for a name of the abstract namespace, false for a path
 */
public record UnixAddress(String name, boolean isAbstract) implements SocketAddress {
    /**
     * Reads {@code sun_path}: an abstract name begins with NUL and ends where the bytes end; a path ends at its NUL, if
     * it has one, since 108 bytes leave no room for it.
     *
     * @return null when there are no bytes
     */
    public static @Nullable UnixAddress ofSunPath(byte[] path) {
        if (path.length == 0) {
            return null;
        }
        if (path[0] == 0) {
            return new UnixAddress(PrintableName.of(path, 1, path.length), true);
        }
        int length = 0;
        while (length < path.length && path[length] != 0) {
            length++;
        }
        return new UnixAddress(PrintableName.of(path, 0, length), false);
    }

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
