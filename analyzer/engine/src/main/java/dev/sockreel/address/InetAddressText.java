package dev.sockreel.address;

import dev.sockreel.utf8.Utf8Buffer;

/** Writes internet addresses as inet_ntop of glibc does, which {@code ss -n} uses. */
final class InetAddressText {
    private static final int GROUPS = 8;

    /** Writes {@code 127.0.0.1}, from the lower 32 bits. */
    static void ipv4(long address, Utf8Buffer out) {
        out.put(address >>> 24 & 0xff).put('.').put(address >>> 16 & 0xff).put('.');
        out.put(address >>> 8 & 0xff).put('.').put(address & 0xff);
    }

    /** Writes {@code ::1}, without brackets: the first longest run of two or more zero groups is left out. */
    static void ipv6(long high, long low, Utf8Buffer out) {
        int runAt = -1;
        int runGroups = 1;
        for (int i = 0; i < GROUPS; i++) {
            int groups = zeroGroups(high, low, i);
            if (groups > runGroups) {
                runAt = i;
                runGroups = groups;
            }
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == runAt) {
                out.put("::");
                i += runGroups - 1;
                continue;
            }
            if (i > 0 && i != runAt + runGroups) {
                out.put(':');
            }
            if (i == 6 && runAt == 0 && isMappedOrCompatible(high, low, runGroups)) {
                ipv4(low, out);
                return;
            }
            out.putHex(group(high, low, i));
        }
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (48 - 16 * (index % 4))) & 0xffff;
    }

    private static int zeroGroups(long high, long low, int from) {
        int i = from;
        while (i < GROUPS && group(high, low, i) == 0) {
            i++;
        }
        return i - from;
    }

    /** Returns whether it is ::ffff:a.b.c.d or ::a.b.c.d. */
    private static boolean isMappedOrCompatible(long high, long low, int zeroGroups) {
        return zeroGroups == 6 || (zeroGroups == 5 && group(high, low, 5) == 0xffff);
    }

    private InetAddressText() {}
}
