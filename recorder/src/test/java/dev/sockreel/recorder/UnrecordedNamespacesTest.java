package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.ReceiveTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnrecordedNamespacesTest {
    private static final HostNamespaces.Namespace OWN = new HostNamespaces.Namespace(1, 90, "", 1, "init");
    private static final HostNamespaces.Namespace POD = new HostNamespaces.Namespace(2, 13, "", 70, "java");
    private static final HostNamespaces.Namespace NAMED = new HostNamespaces.Namespace(3, 1, "vpn", 80, "openvpn");

    private static HostNamespaces host(int unreadable, HostNamespaces.Namespace... namespaces) {
        return new HostNamespaces(0, ReceiveTime.NONE, unreadable, List.of(namespaces));
    }

    @Test
    void nothingIsLeftOut() {
        assertNull(UnrecordedNamespaces.sentence(host(0, OWN), Set.of(1L), false));
        assertNull(UnrecordedNamespaces.sentence(host(0, OWN, POD), Set.of(1L, 2L), true));
    }

    @Test
    void whatIsLeftOutIsCounted() {
        assertEquals("2 other network namespaces with 14 processes are not recorded; --netns all records them",
                UnrecordedNamespaces.sentence(host(0, OWN, POD, NAMED), Set.of(1L), false));
        assertEquals("1 other network namespace with 1 process is not recorded; --netns all records it",
                UnrecordedNamespaces.sentence(host(0, OWN, NAMED), Set.of(1L), false));
        assertEquals("1 other network namespace with 13 processes is not recorded",
                UnrecordedNamespaces.sentence(host(0, OWN, POD), Set.of(1L), true));
    }

    @Test
    void whatCannotBeLookedAtIsNamed() {
        assertEquals("the network namespaces of 5 processes could not be read and may not be recorded",
                UnrecordedNamespaces.sentence(host(5, OWN), Set.of(1L), false));
        assertEquals("1 other network namespace with 13 processes is not recorded; --netns all records it"
                + " (1 more process could not be looked at)",
                UnrecordedNamespaces.sentence(host(1, OWN, POD), Set.of(1L), false));
    }
}
