package dev.sockreel.dump;

import static java.util.Objects.requireNonNull;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.sockdiag.DumpRequest;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds a dump to the assembler, datagram by datagram. */
final class BuiltDump {
    private final ByteOrder order;
    private final byte[] request;
    private final String family;
    private final List<Datagram> datagrams = new ArrayList<>();
    private int knows = DumpBegin.KNOWS_ALL;
    private int next;

    private BuiltDump(ByteOrder order, String family, byte[] request) {
        this.order = order;
        this.family = family;
        this.request = request;
    }

    static BuiltDump tcp4(ByteOrder order) {
        return new BuiltDump(order, "tcp4",
                DiagRequest.inet(order, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).toBytes());
    }

    static BuiltDump sctp4(ByteOrder order) {
        return new BuiltDump(order, "sctp4",
                DiagRequest.inet(order, Uapi.AF_INET, Uapi.IPPROTO_SCTP, 0xff, 0xffffffffL).toBytes());
    }

    static BuiltDump netlink(ByteOrder order) {
        return new BuiltDump(order, "netlink", DiagRequest.netlink(order, 255, 0xff).toBytes());
    }

    static BuiltDump of(ByteOrder order, String family, NlmsgBuilder request) {
        return new BuiltDump(order, family, request.toBytes());
    }

    /** Creates a dump from a source without requests. */
    static BuiltDump withoutRequest(ByteOrder order, String family) {
        return new BuiltDump(order, family, new byte[0]);
    }

    byte[] request() {
        return request.clone();
    }

    BuiltDump knows(int what) {
        knows = what;
        return this;
    }

    BuiltDump datagram(DumpBuilder messages) {
        return datagram(messages.toBytes());
    }

    BuiltDump datagram(byte[] bytes) {
        return datagram(bytes, 0, bytes.length, 0);
    }

    /** Adds a datagram cut by a buffer of {@code bufferBytes}. */
    BuiltDump cutTo(int bufferBytes, byte[] bytes) {
        return datagram(Arrays.copyOf(bytes, bufferBytes), Datagram.MSG_TRUNC, bytes.length, 0);
    }

    BuiltDump datagram(byte[] bytes, int msgFlags, long trueLength, long sender) {
        datagrams.add(new Datagram(
                0, next++, 0, msgFlags, trueLength, sender, ReceiveTime.NONE, Unpooled.wrappedBuffer(bytes)));
        return this;
    }

    /** Skips a datagram that the kernel sent and the file lost. */
    BuiltDump lost() {
        next++;
        return this;
    }

    /** Returns the dump with a recorded end. */
    Dump ended() {
        return assembled(DumpEnd.Outcome.DONE, 0, "");
    }

    Dump ended(DumpEnd.Outcome outcome, int errno, String operation) {
        return assembled(outcome, errno, operation);
    }

    /** Returns the dump without a recorded end. */
    Dump unended(boolean fileCut) {
        DumpAssembler assembler = assembler();
        datagrams.forEach(assembler::add);
        return assembler.finish(null, fileCut);
    }

    private Dump assembled(DumpEnd.Outcome outcome, int errno, String operation) {
        DumpAssembler assembler = assembler();
        datagrams.forEach(assembler::add);
        return assembler.finish(new DumpEnd(0, outcome, errno, next, operation, ReceiveTime.NONE), false);
    }

    private DumpAssembler assembler() {
        DumpBegin begin = new DumpBegin(
                0, 0, 0, family, DumpBegin.VERBATIM, Origin.LIVE, knows, 32768, ReceiveTime.NONE, request);
        @Nullable DumpRequest parsed = DumpRequest.parse(request, order);
        return new DumpAssembler(
                begin, parsed == null ? DumpRequest.ofFamilyId(requireNonNull(family)) : parsed, order);
    }
}
