package dev.sockreel.sockdiag;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import dev.sockreel.nlmsg.RequestLayout;
import dev.sockreel.procnet.ProcNet;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of families has what its readers need. */
class FamilyTableTest {
    private static final int SEQ = 0x1234;

    static Stream<Family> families() {
        return Family.all().stream();
    }

    private static DumpRequest request(Family family) {
        return requireNonNull(DumpRequest.parse(family.request().bytes(SEQ), ByteOrder.nativeOrder()), family.id());
    }

    @Test
    void idsAndOptionsAreUnique() {
        Set<String> ids = new HashSet<>();
        families().forEach(f -> assertTrue(ids.add(f.id()), f.id()));
        Set<String> kinds = new HashSet<>();
        Set<String> options = new HashSet<>();
        families().filter(f -> kinds.add(f.kind())).flatMap(f -> f.names().options().stream())
                .forEach(o -> assertTrue(options.add(o), o));
    }

    @ParameterizedTest
    @MethodSource("families")
    void anIdGivesItsRequestAndBack(Family family) {
        DumpRequest request = DumpRequest.ofFamilyId(family.id());
        assertEquals(family.id(), request.familyId());
        assertEquals(family.af(), request.family());
        assertEquals(family.protocol(), request.protocol());
        assertEquals(family, Family.of(family.id()));
        assertEquals(family.kind(), Family.kindOf(family.id()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theBytesOfTheRequestAreReadAsTheyWereMeant(Family family) {
        DumpRequest request = request(family);
        RequestLayout layout = family.request().layout();
        assertEquals(family.id(), request.familyId());
        assertEquals(family.af(), request.family());
        assertEquals(layout.protocolAt() == RequestLayout.NONE ? 0 : family.request().protocol(), request.protocol());
        assertEquals(family.request().states(), request.states());
        assertEquals(family.request().show(), request.show());
        assertEquals(layout.showAt() != RequestLayout.NONE, request.showKnown());
        assertTrue(request.isDump());
        assertFalse(request.narrowed());
        assertEquals(SEQ, request.seq());
    }

    @ParameterizedTest
    @MethodSource("families")
    void masksStandWithinTheStruct(Family family) {
        RequestLayout request = family.request().layout();
        assertTrue(request.statesAt() + 4 <= request.bytes());
        assertTrue(request.showAt() + request.showBytes() <= request.bytes());
        RecordLayout reply = family.layout();
        assertTrue(reply.cookieAt() + 8 <= reply.headerBytes() || reply.cookieAt() == RecordLayout.NONE);
        assertTrue(reply.inodeAt() + reply.inodeBytes() <= reply.headerBytes());
    }

    /** A reply that is a header and nothing else decodes, with its cookie and inode where the row says. */
    @ParameterizedTest
    @MethodSource("families")
    void aReplyHasADecoder(Family family) {
        RecordLayout layout = family.layout();
        int bytes = Nlmsghdr.BYTES + layout.headerBytes();
        ByteBuffer reply = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        reply.putInt(bytes).putShort((short) Nlmsghdr.SOCK_DIAG_BY_FAMILY);
        // tipc has an attribute's header in its place
        reply.put(Nlmsghdr.BYTES, (byte) (layout.namesFamily() ? family.af() : NlattrWalk.HEADER_BYTES));
        if (layout.cookieAt() != RecordLayout.NONE) {
            reply.put(Nlmsghdr.BYTES, (byte) family.af());
            reply.putLong(Nlmsghdr.BYTES + layout.cookieAt(), 0x1122334455L);
            reply.putInt(Nlmsghdr.BYTES + layout.inodeAt(), 4711);
        }
        DiagSocket socket = new SocketDecoder(request(family), ByteOrder.LITTLE_ENDIAN)
                .at(Unpooled.wrappedBuffer(reply.array()), bytes, 0, bytes);
        assertNotNull(socket, family.id());
        assertEquals(layout.headerBytes(), socket.headerBytes());
        assertFalse(socket.netid().isEmpty());
        if (layout.cookieAt() != RecordLayout.NONE) {
            assertEquals(0x1122334455L, socket.cookie());
            assertEquals(4711, socket.inode());
            assertEquals(family.af(), socket.family());
        }
    }

    @Test
    void everyDecoderHasARow() {
        Set<String> rows = families().map(f -> request(f).kind()).collect(Collectors.toSet());
        Set<SocketFamily> decoders =
                families().map(f -> requireNonNull(Families.of(request(f)))).collect(Collectors.toSet());
        assertEquals(Set.copyOf(Families.all()), decoders);
        assertEquals(Families.all().size(), rows.size());
    }

    @ParameterizedTest
    @MethodSource("families")
    void handlerCountAndText(Family family) {
        assertTrue(family.module().config().matches("CONFIG_[A-Z_]+"), family.id());
        assertTrue(family.module().name().matches("[a-z_]+") && family.module().symbol().matches("[a-z_]+_dump"));
        assertEquals(family.isPart(), family.count().protocols().isEmpty());
        assertEquals(family.isPart(), family.ownShow() != 0);
        assertFalse(family.names().title().isEmpty());
        Family.Text text = family.text();
        if (text != null) {
            assertEquals(family.id(), ProcNet.family("/proc/net/" + text.name()));
            assertFalse(text.lacks().isEmpty());
        }
        assertTrue(family.asked() != Family.Asked.IF_LISTED || text != null, "in use by a text that there is not");
    }

    @Test
    void everyTextHasARowOrListsPings() {
        for (String table : ProcNet.tables()) {
            String id = requireNonNull(ProcNet.family("/proc/net/" + table));
            Family family = Family.of(id);
            assertTrue(table.startsWith("icmp") ? id.isEmpty() : family != null && family.text() != null, table);
        }
    }
}
