package dev.sockreel.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd.Outcome;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests each fault of a dump alone, in both byte orders: its id, the verdict, and the sockets that remain. */
class DumpAssemblerTest {
    private static final long SEQ = 1;

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private static InetDiagMsgBuilder tcp(ByteOrder order, long cookie) {
        return InetDiagMsgBuilder.in(order)
                .local("127.0.0.1", 20000)
                .remote("127.0.0.1", (int) (40000 + cookie))
                .cookie(cookie)
                .inode(1000 + cookie)
                .header(h -> h.seq(SEQ));
    }

    private static NlmsgBuilder done(ByteOrder order) {
        return NlmsgBuilder.done(order, 0).seq(SEQ);
    }

    private static DumpBuilder whole(ByteOrder order, int sockets) {
        DumpBuilder dump = new DumpBuilder();
        for (int cookie = 1; cookie <= sockets; cookie++) {
            dump.add(tcp(order, cookie));
        }
        return dump.add(done(order));
    }

    private static void expect(Dump dump, DumpVerdict verdict, int sockets, DumpFault... faults) {
        assertEquals(Arrays.asList(faults), dump.faults().stream().map(Fault::kind).toList(), dump.faults().toString());
        assertEquals(verdict, dump.verdict());
        assertEquals(sockets, dump.sockets());
    }

    private static String why(Dump dump) {
        return dump.faults().getFirst().why();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aWholeDumpIsComplete(ByteOrder order) {
        List<byte[]> datagrams = whole(order, 40).datagrams(500);
        BuiltDump dump = BuiltDump.tcp4(order);
        datagrams.forEach(dump::datagram);
        assertTrue(datagrams.size() > 5);
        expect(dump.ended(), DumpVerdict.COMPLETE, 40);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void withoutDone(ByteOrder order) {
        BuiltDump dump = BuiltDump.tcp4(order).datagram(tcp(order, 1).toBytes());
        expect(dump.ended(Outcome.SOURCE_ENDED, 0, ""), DumpVerdict.UNFINISHED, 1, DumpFault.NO_DONE);
        expect(dump.ended(Outcome.TIMEOUT, 0, ""), DumpVerdict.UNFINISHED, 1, DumpFault.NO_DONE);
        assertTrue(why(dump.ended(Outcome.TIMEOUT, 0, "")).contains("deadline"));
        expect(dump.unended(true), DumpVerdict.UNFINISHED, 1, DumpFault.FILE_CUT);
        // The end is lost in the middle of a file that continues.
        expect(dump.unended(false), DumpVerdict.UNFINISHED, 1, DumpFault.NO_DONE);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aFileThatIsCutAfterDoneHoldsTheWholeDump(ByteOrder order) {
        expect(BuiltDump.tcp4(order).datagram(whole(order, 2)).unended(true), DumpVerdict.COMPLETE, 2);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void doneWithAnError(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(tcp(order, 1)).add(NlmsgBuilder.done(order, -12).seq(SEQ));
        Dump dump = BuiltDump.tcp4(order).datagram(messages).ended();
        expect(dump, DumpVerdict.FAILED, 1, DumpFault.DONE_ERROR);
        assertEquals("NLMSG_DONE carries ENOMEM", why(dump));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void doneWithAnErrorAndItsText(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(NlmsgBuilder.done(order, -22, "bad \u001b[31mthing").seq(SEQ));
        Dump dump = BuiltDump.tcp4(order).datagram(messages).ended();
        expect(dump, DumpVerdict.FAILED, 0, DumpFault.DONE_ERROR);
        assertEquals("NLMSG_DONE carries EINVAL: \"bad \\x1b[31mthing\"", why(dump));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aMissingHandlerInBothShapes(ByteOrder order) {
        BuiltDump byDone = BuiltDump.tcp4(order)
                .datagram(new DumpBuilder().add(NlmsgBuilder.done(order, -Uapi.ENOENT).seq(SEQ)));
        expect(byDone.ended(), DumpVerdict.UNAVAILABLE, 0, DumpFault.HANDLER_MISSING);
        BuiltDump byError = BuiltDump.tcp4(order);
        byError.datagram(NlmsgBuilder.error(order, -Uapi.ENOENT, byError.request()).seq(SEQ).toBytes());
        expect(byError.ended(Outcome.ERROR, 2, ""), DumpVerdict.UNAVAILABLE, 0, DumpFault.HANDLER_MISSING);
    }

    /** ENOENT after listed sockets is an error like any other. */
    @ParameterizedTest
    @MethodSource("orders")
    void enoentAfterSocketsIsNoMissingHandler(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1)).add(NlmsgBuilder.done(order, -Uapi.ENOENT).seq(SEQ));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.FAILED, 1, DumpFault.DONE_ERROR);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theOldRequestIsUnavailableByEopnotsupp(ByteOrder order) {
        NlmsgBuilder request = DiagRequest.tcpdiagGetsock(order, Uapi.AF_INET, 0xff, 0xffffffffL);
        BuiltDump old = BuiltDump.of(order, "tcp", request);
        old.datagram(NlmsgBuilder.error(order, -Uapi.EOPNOTSUPP, old.request()).seq(SEQ).toBytes());
        expect(old.ended(), DumpVerdict.UNAVAILABLE, 0, DumpFault.HANDLER_MISSING);
        BuiltDump today = BuiltDump.tcp4(order);
        today.datagram(NlmsgBuilder.error(order, -Uapi.EOPNOTSUPP, today.request()).seq(SEQ).toBytes());
        expect(today.ended(), DumpVerdict.FAILED, 0, DumpFault.ERROR_REPLY);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anErrorReplyShowsTheKernelsText(ByteOrder order) {
        BuiltDump dump = BuiltDump.tcp4(order);
        dump.datagram(NlmsgBuilder.error(order, -Uapi.EINVAL, dump.request(), "Invalid header").seq(SEQ).toBytes());
        Dump failed = dump.ended(Outcome.ERROR, Uapi.EINVAL, "");
        expect(failed, DumpVerdict.FAILED, 0, DumpFault.ERROR_REPLY);
        assertEquals("NLMSG_ERROR EINVAL: \"Invalid header\"", why(failed));
    }

    /** NLM_F_CAPPED means that only the request's header is repeated, and the text follows at once. */
    @ParameterizedTest
    @MethodSource("orders")
    void aCappedErrorReplyShowsTheKernelsText(ByteOrder order) {
        BuiltDump dump = BuiltDump.tcp4(order);
        byte[] header = Arrays.copyOf(dump.request(), 16);
        dump.datagram(NlmsgBuilder.error(order, -Uapi.EINVAL, header, "Why")
                .flags(Uapi.NLM_F_CAPPED | Uapi.NLM_F_ACK_TLVS).seq(SEQ).toBytes());
        assertEquals("NLMSG_ERROR EINVAL: \"Why\"", why(dump.ended()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aCutDatagramShowsTheLossDespiteDone(ByteOrder order) {
        byte[] four = new DumpBuilder().add(tcp(order, 1)).add(tcp(order, 2)).add(tcp(order, 3)).add(tcp(order, 4))
                .toBytes();
        Dump dump = BuiltDump.tcp4(order).cutTo(200, four).datagram(done(order).toBytes()).ended();
        expect(dump, DumpVerdict.TRUNCATED, 2, DumpFault.DATAGRAM_TRUNCATED);
        assertEquals(four.length - 200 + " of " + four.length + " bytes are lost", why(dump));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whatManyCutDatagramsLostIsSummed(ByteOrder order) {
        BuiltDump dump = BuiltDump.tcp4(order);
        for (int i = 1; i <= 6; i++) {
            dump.cutTo(50, tcp(order, i).toBytes());
        }
        Dump ended = dump.datagram(done(order).toBytes()).ended();
        assertEquals("2 more of this kind, 6 in all, " + 6 * (tcp(order, 1).toBytes().length - 50) + " bytes lost",
                ended.faults().getLast().why());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void interruptedByItsFlag(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1).header(h -> h.flags(Uapi.NLM_F_MULTI | Uapi.NLM_F_DUMP_INTR)))
                .add(done(order));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.INTERRUPTED, 1,
                DumpFault.DUMP_INTERRUPTED_FLAG);
        DumpBuilder atTheEnd = new DumpBuilder().add(tcp(order, 1))
                .add(done(order).flags(Uapi.NLM_F_MULTI | Uapi.NLM_F_DUMP_INTR));
        expect(BuiltDump.tcp4(order).datagram(atTheEnd).ended(), DumpVerdict.INTERRUPTED, 1,
                DumpFault.DUMP_INTERRUPTED_FLAG);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void overrunAndNoBuffers(ByteOrder order) {
        DumpBuilder overrun = new DumpBuilder().add(tcp(order, 1))
                .add(NlmsgBuilder.of(order, Uapi.NLMSG_OVERRUN).seq(SEQ)).add(done(order));
        expect(BuiltDump.tcp4(order).datagram(overrun).ended(), DumpVerdict.TRUNCATED, 1, DumpFault.OVERRUN);
        DumpBuilder inDone = new DumpBuilder().add(tcp(order, 1)).add(NlmsgBuilder.done(order, -Uapi.ENOBUFS).seq(SEQ));
        expect(BuiltDump.tcp4(order).datagram(inDone).ended(), DumpVerdict.TRUNCATED, 1, DumpFault.ENOBUFS);
        BuiltDump inError = BuiltDump.tcp4(order).datagram(tcp(order, 1).toBytes());
        inError.datagram(NlmsgBuilder.error(order, -Uapi.ENOBUFS, inError.request()).seq(SEQ).toBytes());
        expect(inError.ended(), DumpVerdict.TRUNCATED, 1, DumpFault.ENOBUFS);
        BuiltDump byCall = BuiltDump.tcp4(order).datagram(tcp(order, 1).toBytes());
        expect(byCall.ended(Outcome.CALL_FAILED, Uapi.ENOBUFS, "recvmsg"), DumpVerdict.TRUNCATED, 1, DumpFault.ENOBUFS);
        expect(byCall.ended(Outcome.CALL_FAILED, 5, "recvmsg"), DumpVerdict.FAILED, 1, DumpFault.ERROR_REPLY);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anotherSequenceNumberIsLeftOut(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1)).add(tcp(order, 2).header(h -> h.seq(7))).add(tcp(order, 3)).add(done(order));
        Dump dump = BuiltDump.tcp4(order).datagram(messages).ended();
        expect(dump, DumpVerdict.INCONSISTENT, 2, DumpFault.WRONG_SEQUENCE);
        assertEquals("nlmsg_seq is 7, but the request's is 1", why(dump));
    }

    /** A DONE of an older dump ends nothing. */
    @ParameterizedTest
    @MethodSource("orders")
    void aStaleDoneEndsNothing(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(tcp(order, 1)).add(NlmsgBuilder.done(order, 0).seq(7));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.UNFINISHED, 1,
                DumpFault.WRONG_SEQUENCE, DumpFault.NO_DONE);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anotherPortIsLeftOut(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(tcp(order, 1)).add(tcp(order, 2).header(h -> h.pid(9)))
                .add(done(order));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.INCONSISTENT, 1, DumpFault.WRONG_SEQUENCE);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anotherSenderIsLeftOutWhereSendersAreKnown(ByteOrder order) {
        byte[] forged = tcp(order, 99).toBytes();
        BuiltDump dump = BuiltDump.tcp4(order).datagram(whole(order, 2)).datagram(forged, 0, forged.length, 4711);
        expect(dump.ended(), DumpVerdict.INCONSISTENT, 2, DumpFault.WRONG_SENDER);
        BuiltDump first = BuiltDump.tcp4(order).datagram(forged, 0, forged.length, 4711).datagram(whole(order, 2));
        expect(first.ended(), DumpVerdict.INCONSISTENT, 2, DumpFault.WRONG_SENDER);
        BuiltDump unknown = BuiltDump.tcp4(order).knows(DumpBegin.KNOWS_EDGES)
                .datagram(forged, 0, forged.length, 4711).datagram(whole(order, 2));
        expect(unknown.ended(), DumpVerdict.COMPLETE, 3);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void lengthsThatCannotBeRight(ByteOrder order) {
        for (long length : new long[] {0, 8, 15, 60000, 0xfffffff0L}) {
            DumpBuilder messages = new DumpBuilder()
                    .add(tcp(order, 1)).add(tcp(order, 2).header(h -> h.statedLength(length))).add(tcp(order, 3));
            Dump dump = BuiltDump.tcp4(order).datagram(messages).datagram(whole(order, 0)).ended();
            expect(dump, DumpVerdict.TRUNCATED, 1, DumpFault.BAD_LENGTH);
            assertTrue(why(dump).contains(Long.toString(length)), why(dump));
        }
    }

    /** A length shorter than the fixed header means no socket, and the following bytes are out of step. */
    @ParameterizedTest
    @MethodSource("orders")
    void aMessageTooShortForItsHeaderIsNoSocket(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1))
                .add(NlmsgBuilder.of(order, Uapi.SOCK_DIAG_BY_FAMILY).seq(SEQ).body(new byte[] {2, 1, 0, 0}))
                .add(tcp(order, 3)).add(done(order));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.TRUNCATED, 2, DumpFault.BAD_LENGTH);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anotherFamilysSocketIsNone(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1)).add(UnixDiagMsgBuilder.in(order).cookie(2).header(h -> h.seq(SEQ)))
                .add(done(order));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.TRUNCATED, 1, DumpFault.BAD_LENGTH);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whatFollowsDoneIsNoPartOfTheDump(ByteOrder order) {
        Dump dump = BuiltDump.tcp4(order).datagram(whole(order, 2)).datagram(tcp(order, 9).toBytes()).ended();
        expect(dump, DumpVerdict.TRUNCATED, 2, DumpFault.BAD_LENGTH);
        assertTrue(why(dump).contains("follows NLMSG_DONE"), why(dump));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void bytesAfterTheLastMessage(ByteOrder order) {
        byte[] one = tcp(order, 1).toBytes();
        byte[] withTail = Arrays.copyOf(one, one.length + 9);
        Dump dump = BuiltDump.tcp4(order).datagram(withTail).datagram(whole(order, 0)).ended();
        expect(dump, DumpVerdict.TRUNCATED, 1, DumpFault.REMNANT);
        assertEquals("9 bytes are left; a header needs 16", why(dump));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aBadAttributeKeepsTheSocket(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1))
                .add(tcp(order, 2).attributes(a -> a.lying(Uapi.INET_DIAG_INFO, 0xffff, new byte[8])))
                .add(tcp(order, 3).attributes(a -> a.lying(Uapi.INET_DIAG_INFO, 2, new byte[8])))
                .add(tcp(order, 4)).add(done(order));
        Dump dump = BuiltDump.tcp4(order).datagram(messages).ended();
        expect(dump, DumpVerdict.INCONSISTENT, 4, DumpFault.BAD_ATTRIBUTE, DumpFault.BAD_ATTRIBUTE);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aSocketListedTwiceIsOneRow(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder()
                .add(tcp(order, 1)).add(tcp(order, 2)).add(tcp(order, 1)).add(tcp(order, 3)).add(done(order));
        Dump dump = BuiltDump.tcp4(order).datagram(messages).ended();
        expect(dump, DumpVerdict.INCONSISTENT, 3, DumpFault.DUPLICATE_SOCKET);
        assertTrue(why(dump).startsWith("1 of 4 "), why(dump));
    }

    /** Without cookies no socket can be called a duplicate. */
    @ParameterizedTest
    @MethodSource("orders")
    void socketsWithoutACookieAreNoDuplicates(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(tcp(order, 0)).add(tcp(order, 0)).add(done(order));
        expect(BuiltDump.tcp4(order).datagram(messages).ended(), DumpVerdict.COMPLETE, 2);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void netlinksDoubleListingIsOneRowAndNoFault(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder();
        for (long cookie : new long[] {1, 2, 1}) {
            messages.add(NetlinkDiagMsgBuilder.in(order).cookie(cookie).groups(new byte[4]).header(h -> h.seq(SEQ)));
        }
        expect(BuiltDump.netlink(order).datagram(messages.add(done(order))).ended(), DumpVerdict.COMPLETE, 2);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void sctpsAssociationSharesItsSocketsCookie(ByteOrder order) {
        DumpBuilder messages = new DumpBuilder().add(tcp(order, 1)).add(tcp(order, 1)).add(done(order));
        expect(BuiltDump.sctp4(order).datagram(messages).ended(), DumpVerdict.COMPLETE, 2);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void datagramsThatTheFileLost(ByteOrder order) {
        byte[] first = tcp(order, 1).toBytes();
        BuiltDump gap = BuiltDump.tcp4(order).datagram(first).lost();
        for (int cookie = 2; cookie <= 6; cookie++) {
            gap.datagram(tcp(order, cookie).toBytes());
        }
        Dump read = gap.datagram(done(order).toBytes()).ended();
        expect(read, DumpVerdict.TRUNCATED, 6, DumpFault.CHECKSUM);
        assertEquals("datagram 1 is missing; number 2 follows instead", why(read));
        Dump tail = BuiltDump.tcp4(order).datagram(first).lost().lost().ended();
        expect(tail, DumpVerdict.TRUNCATED, 1, DumpFault.NO_DONE, DumpFault.CHECKSUM);
        assertEquals("the last 2 of 3 datagrams are not in the file", tail.faults().getLast().why());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void notAskedIsUnavailable(ByteOrder order) {
        expect(BuiltDump.tcp4(order).ended(Outcome.MISSING_BEFORE, Uapi.ENOENT, ""), DumpVerdict.UNAVAILABLE, 0,
                DumpFault.HANDLER_MISSING);
        expect(BuiltDump.tcp4(order).ended(Outcome.NOT_LOADED, 0, ""), DumpVerdict.UNAVAILABLE, 0,
                DumpFault.HANDLER_MISSING);
    }

    /** Without a request, sequence and port id are those of the first message. */
    @ParameterizedTest
    @MethodSource("orders")
    void withoutARequestTheFirstMessageSetsTheSequence(ByteOrder order) {
        Dump dump = BuiltDump.withoutRequest(order, "tcp4").datagram(whole(order, 3)).ended();
        expect(dump, DumpVerdict.COMPLETE, 3);
    }
}
