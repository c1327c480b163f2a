package dev.sockreel.sockdiag.attribute;

import dev.sockreel.nlmsg.WireReader;

/** Internet addresses as {@code ss -n} prints them, which is as glibc's inet_ntop does. */
public final class InetAddressText {
    /** Appends {@code 127.0.0.1}. */
    public static void ipv4(WireReader in, int at, StringBuilder out) {
        out.append(in.u8(at)).append('.').append(in.u8(at + 1)).append('.');
        out.append(in.u8(at + 2)).append('.').append(in.u8(at + 3));
    }

    /** Appends {@code ::1}, without brackets; the first longest run of two or more zero groups is left out. */
    public static void ipv6(WireReader in, int at, StringBuilder out) {
        int runAt = -1;
        int runGroups = 1;
        for (int i = 0; i < 8; i++) {
            int groups = zeroGroups(in, at, i);
            if (groups > runGroups) {
                runAt = i;
                runGroups = groups;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (i == runAt) {
                out.append("::");
                i += runGroups - 1;
                continue;
            }
            if (i > 0 && i != runAt + runGroups) {
                out.append(':');
            }
            if (i == 6 && runAt == 0 && isMappedOrCompatible(in, at, runGroups)) {
                ipv4(in, at + 12, out);
                return;
            }
            out.append(Integer.toHexString(in.be16(at + 2 * i)));
        }
    }

    private static int zeroGroups(WireReader in, int at, int from) {
        int i = from;
        while (i < 8 && in.be16(at + 2 * i) == 0) {
            i++;
        }
        return i - from;
    }

    /** Returns whether the address is written as ::ffff:a.b.c.d or ::a.b.c.d. */
    private static boolean isMappedOrCompatible(WireReader in, int at, int zeroGroups) {
        return zeroGroups == 6 || (zeroGroups == 5 && in.be16(at + 10) == 0xffff);
    }

    public static boolean isAny6(WireReader in, int at) {
        return zeroGroups(in, at, 0) == 8;
    }

    /** Appends a port; 0 as {@code *}. */
    public static void port(int port, StringBuilder out) {
        out.append(':');
        if (port == 0) {
            out.append('*');
        } else {
            out.append(port);
        }
    }

    private InetAddressText() {}
}
