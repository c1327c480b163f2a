package dev.sockreel.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.nlmsg.Family;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each production: accepted, and refused with a position. */
class FilterSyntaxTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "state all", "state UNCONN exclude bound-inactive", "excl syn-rcv", "src 10/8", "src = 10.0.0.1:80",
        "dst != [::1]", "local 127.0.0.1:80", "peer = :80", "src 127.0.0.53%lo:53", "src [fe80::1]%eth0:80",
        "src [fe80::1%eth0]:80", "src unix:", "src unix:/tmp/a\\ b", "src /run/x", "src @x*", "src inet:*:*",
        "src inet6:[::]:*", "src link:ip:eth0", "src link:*", "src netlink:genl:-4100", "src netlink:17",
        "src vsock:2:1024", "src vsock:*:*", "src link::", "src *:*", "src :", "src 1.2.3.4:", "sport 80",
        "sport = :80", "dport >= 1024", "dport geq 1024", "sport = *", "sport = netlink:kernel", "sport > link:1",
        "sport = vsock:1", "sport = unix:/x", "dev eth0", "dev != 2", "fwmark 0", "fwmark = 0xff/0x0f",
        "fwmark != 010", "cgroup = 4711", "cgroup != 0x10", "autobound", "not autobound", "! autobound",
        "autobound and autobound", "autobound & autobound && autobound",
        "autobound or autobound | autobound || autobound", "( autobound )", "( ( autobound ) autobound )",
        "autobound autobound", "state all autobound exclude closed", "autobound state all", "unread > 0", "unread>0",
        "unread >=10 netid=u_str", "sport=:80", "dport!=80", "dev=lo", "comm = and", "comm = (", "comm = not",
        "state = listening", "state != connected", "state=estab", "waiting = true", "eofUnread != false",
        "owners.state = T", "peerOwners.comm = nginx", "tcpi_rtt > 1000", "INET_DIAG_INFO.tcpi_rtt lt 1000",
        "SK_MEMINFO_DROPS > 0", "INET_DIAG_CONG = cub*", "UNIX_DIAG_ICONS = 5", "INET_ULP_INFO_NAME = tls",
        "tcpm_keylen > 0", "cookie = 0x2c", "snapshot >= 2", "uid = 0", "inode = 10363", "pid = 1", "fd < 3",
        "source = proc", "interface = eth*", "netns = 4026531840", "ifindex = 0", "recvQ > 0", "sendQ > 0",
        "recvQMeaning = unread-bytes", "peerInode = 0", "fileInode = 5", "fileDevice > 0", "drops > 0",
        "unread\n>\n0", "\tunread\t> 0"
    })
    void isAccepted(String filter) {
        assertFalse(Filter.parse(List.of(filter)).equals(Filter.ALL), filter);
    }

    /** The caret marks the position. */
    @ParameterizedTest
    @ValueSource(strings = {
        "state^", "state ^no-such-state", "state ^new-syn-recv", "state all exclude^", "( ^state all state all )",
        "( ^state all", "autobound state all ^autobound", "autobound ( autobound ^state all )", "src^", "src =^",
        "src ^> 10.0.0.1", "src ^ge 10.0.0.1", "src ^localhost", "src ^localhost:80", "src 1.2.3.4:^no-such-service",
        "src ^1.2.3.4.5", "src ^1.2.3.256", "src ^::1", "src ^[::1", "src [::1]^/64", "src [^::g]", "src 1.2.3.4^/33",
        "src 1.2.3.4^/-1", "src 1.2.3.4^/255.0.255.0", "src [::1^/129]", "src inet:[^::1]", "src inet6:^1.2.3.4",
        "src inet:1.2.3.4:^65536", "src link:^no-such-protocol", "src netlink:^no-such-protocol",
        "src netlink:rtnl:^x", "src vsock:^x", "src vsock:1:^x", "src vsock:1:^4294967296", "src *^80", "dst^",
        "dst ^not", "sport^", "sport =^", "sport > ^*", "sport > ^http:1", "sport = ^10.0.0.1:80",
        "sport = ^no-such-service", "sport = ^-1", "sport = ^4294967296", "sport = ^0x", "sport < unix:^/x",
        "sport > link:^lo", "dport <^> 3", "dport >= inet:^65536", "dev^", "dev ^> 3", "fwmark^", "fwmark ^x",
        "fwmark 1/^x", "fwmark = ^0x100000000", "fwmark ^< 3", "fwmark = ^", "cgroup^", "cgroup ^/user.slice",
        "cgroup = ^-1", "cgroup ^> 3", "autobound ^=", "not^", "autobound and^", "autobound or ^or autobound",
        "^and autobound", "^)", "autobound ^)", "( autobound ) ^)", "(^", "( ^)", "^( autobound", "autobound ( ^)",
        "^(autobound)", "^!autobound", "( ^autobound)", "^frob", "^frob = 1", "^tcpi_rt > 1", "^Unread > 0",
        "^unread", "unread >^", "unread > ^many", "unread > ^1.5", "waiting = ^yes", "waiting ^> true",
        "netid ^> u_str", "netid ^> 5", "comm ^> 5", "state = ^no-such-state", "state ^> established",
        "tcpi_rtt > ^x", "^local.x = 1", "snapshot = ^x", "uid = ^root"
    })
    void isRefusedWithItsPlace(String marked) {
        String filter = marked.replace("^", "");
        FilterException e = assertThrows(FilterException.class, () -> Filter.parse(List.of(filter)));
        String found = e.filter().substring(0, e.place()) + "^" + e.filter().substring(e.place());
        assertEquals(marked.strip(), found.strip(), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).length() > 15, e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).endsWith("."), e.getMessage());
    }

    /** Tokens are separated by spaces, whatever the shell made of quotes. */
    @Test
    void theShellsWordsAreJoined() {
        FilterException e = assertThrows(
                FilterException.class, () -> Filter.parse(List.of("state", "listening ( src", "10/8", "or frob )")));
        assertEquals("state listening ( src 10/8 or frob )", e.filter());
        assertEquals(e.filter().indexOf("frob"), e.place());
    }

    @ParameterizedTest
    @CsvSource({
        "src unix:/x, 1", "src /x, 1", "src inet:1.2.3.4, 2", "src inet6:[::1], 10", "sport = netlink:kernel, 16",
        "dst link:ip, 17", "src vsock:2, 40", "src unix:/x or src inet:1.2.3.4, 2", "src 1.2.3.4, ", "sport = :80, ",
        "netid = u_str, "
    })
    void familiesLimitAsInSs(String filter, Integer family) {
        OptionalInt expected = family == null ? OptionalInt.empty() : OptionalInt.of(family);
        assertEquals(expected, Filter.parse(List.of(filter)).family());
    }

    /** The family comes from an option, as in {@code -x src *ft*}, or from an earlier address. */
    @Test
    void aFamilyAppliesToAddressesAfterIt() {
        assertEquals(OptionalInt.of(Family.AF_UNIX), Filter.parse(List.of("src *.sock"), Family.AF_UNIX).family());
        assertEquals(OptionalInt.of(Family.AF_UNIX), Filter.parse(List.of("src unix:/a or src localhost")).family());
        assertThrows(FilterException.class, () -> Filter.parse(List.of("src [::1]"), Family.AF_INET));
        assertThrows(FilterException.class, () -> Filter.parse(List.of("src 1.2.3.4"), Family.AF_XDP));
    }

    @Test
    void statesAreThoseOfSs() {
        assertEquals(OptionalInt.empty(), Filter.parse(List.of()).states());
        assertEquals(OptionalInt.of(1 << 10), Filter.parse(List.of("state", "listening")).states());
        assertEquals(OptionalInt.of((1 << 14) - 1), Filter.parse(List.of("state", "all")).states());
        assertEquals(OptionalInt.of((1 << 14) - 1 & ~(1 << 1)),
                Filter.parse(List.of("exclude", "established")).states());
        assertEquals(OptionalInt.of((1 << 1 | 1 << 10) & ~(1 << 1) | 1 << 6), Filter.parse(
                List.of("state established state listening exclude established state time-wait")).states());
    }

    /** Long input does not grow the stack of parser or evaluation. */
    @Test
    void depthAndLengthAreBounded() {
        for (String deep : List.of("( ", "not ", "! ( ")) {
            String filter = deep.repeat(10_000);
            FilterException e = assertThrows(FilterException.class, () -> Filter.parse(List.of(filter)));
            assertTrue(e.place() < 1000, e.getMessage());
        }
        String nested = "( ".repeat(150) + "autobound" + " )".repeat(150);
        assertFalse(Filter.parse(List.of(nested)).equals(Filter.ALL));
        String flat = String.join(" or ", Collections.nCopies(3_000, "uid = 4294967"));
        assertEquals(Set.of(), FilterRows.ALL.taken(flat));
        assertThrows(FilterException.class, () -> Filter.parse(List.of("autobound ".repeat(10_000))));
    }
}
