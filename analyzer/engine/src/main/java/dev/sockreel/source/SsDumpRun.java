package dev.sockreel.source;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SnapshotRule;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The import of one ss dump. A dump ends with NLMSG_DONE. Where that is missing, the next dump begins with two messages
 * in a row, or the last of the source, that answer another request (nlmsg_seq, nlmsg_pid) or are of the other version
 * of IP: a request is for one. A single such message between others is a fault of its dump.
 */
final class SsDumpRun {
    private static final int CHUNK_BYTES = 32 * 1024;
    /** Places without a message that are reported one by one; the rest are only counted. */
    private static final int MAX_REPORTED = 100;
    /**
     * Limit for bytes in a row that are no message, behind which the dump ends: its datagrams are the source's bytes.
     */
    private static final int MAX_JUNK_BYTES = 1 << 20;
    /** The nlmsg_pid of sockreel's own exports, whose one NLMSG_DONE ends IPv4 and IPv6; no kernel sends it. */
    private static final int EXPORTED_PID = 0;

    private final Path path;
    private final MessageStream stream;
    private final ByteOrder order;
    private final CaptureSink sink;
    private final List<String> messages = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private final Set<String> familiesInSnapshot = new HashSet<>();
    private final RepeatedDumps repeated = new RepeatedDumps();
    private ByteBuf chunk = Unpooled.buffer(CHUNK_BYTES);
    /** The first message of the open dump; null when none is open. */
    private @Nullable SsDumpMessage first;
    /** A message that does not fit the open dump; the next one decides whether it begins another. */
    private @Nullable SsDumpMessage stray;
    /** Dumps that end with the NLMSG_DONE of the open one. */
    private final List<Integer> joined = new ArrayList<>();
    private int dump;
    private long places;
    private long junkBytes;
    /** The bytes read last that are no message: their begin, their number, and why they are none. */
    private long junkAt;
    private long junkInRow;
    private String junkProblem = "";
    private String lastFamily = "";

    SsDumpRun(Path path, MessageStream stream, ByteOrder order, CaptureSink sink) {
        this.path = path;
        this.stream = stream;
        this.order = order;
        this.sink = sink;
    }

    ImportReport run() throws IOException {
        messages.add("an ss dump has no times, no requests and no datagram boundaries, so lost datagrams cannot be"
                + " detected");
        messages.add("an ss dump" + Importer.HAS_NO_CHECKSUMS);
        while (stream.next()) {
            if (stream.isJunk()) {
                junk();
            } else {
                endJunk();
                message(stream.message());
            }
        }
        endJunk();
        settleStray();
        endDump(DumpEnd.Outcome.SOURCE_ENDED, 0);
        addMessages();
        if (sink.snapshots() == 0) {
            sink.snapshot(ReceiveTime.NONE);
        }
        return sink.finish(ReceiveTime.NONE, messages, damages);
    }

    private void addMessages() {
        if (places > MAX_REPORTED) {
            damages.add("%s: %d more such places; in all, %s not part of any message".formatted(
                    path, places - MAX_REPORTED, Counted.of(junkBytes, "byte is", "bytes are")));
        }
        if (repeated.dumps() > 0) {
            messages.add(Counted.of(repeated.dumps(), "dump repeats", "dumps repeat")
                    + " the one before of the same family byte for byte, so it may be one dump that stands several"
                    + " times in the source");
        }
    }

    private void message(SsDumpMessage m) throws IOException {
        SsDumpMessage begun = first;
        if (begun == null) {
            beginDump(m);
            take(m);
        } else if (stray != null && (!fits(m, begun) || endsStray(m, begun))) {
            settleStray();
            message(m);
        } else if (fits(m, begun)) {
            keepStray();
            take(m);
        } else if (m.isSocket() || (m.seq() != begun.seq() && m.pid() != begun.pid())) {
            stray = m;
        } else {
            append(m);
        }
    }

    private static boolean fits(SsDumpMessage m, SsDumpMessage begun) {
        return m.isOfRequest(begun) && (m.family() == 0 || begun.family() == 0 || m.family() == begun.family());
    }

    /**
     * Returns whether the message ends the request that both the open dump and a last socket of the other IP answer.
     */
    private boolean endsStray(SsDumpMessage m, SsDumpMessage begun) {
        return stray != null && m.isDone() && m.isOfRequest(stray) && stray.isOfRequest(begun);
    }

    /** Leaves the stray message in the open dump, which goes on after it. */
    private void keepStray() throws IOException {
        if (stray != null) {
            append(stray);
            stray = null;
        }
    }

    /** Begins the next dump with the stray message. */
    private void settleStray() throws IOException {
        SsDumpMessage begins = stray;
        if (begins != null) {
            stray = null;
            endOrJoin(begins);
            beginDump(begins);
            take(begins);
        }
    }

    private void endOrJoin(SsDumpMessage next) throws IOException {
        SsDumpMessage begun = first;
        boolean shareDone = begun != null && next.pid() == EXPORTED_PID && next.isOfRequest(begun)
                && !familiesInSnapshot.contains(family(next));
        if (shareDone) {
            flush();
            repeated.end();
            joined.add(dump);
            first = null;
        } else {
            endDump(DumpEnd.Outcome.SOURCE_ENDED, 0);
        }
    }

    private void beginDump(SsDumpMessage m) throws IOException {
        byte[] request = m.requestInError();
        DumpRequest asked = request.length == 0 ? null : DumpRequest.parse(request, order);
        String family = asked != null ? asked.familyId() : family(m);
        if (sink.snapshots() == 0 || familiesInSnapshot.contains(family)
                || familiesInSnapshot.size() == SnapshotRule.MAX_DUMPS_OF_A_NAMESPACE) {
            sink.snapshot(ReceiveTime.NONE);
            familiesInSnapshot.clear();
        }
        familiesInSnapshot.add(family);
        lastFamily = family;
        stream.inDump(m.seq());
        repeated.begin(family);
        dump = sink.beginDump(family, Origin.SS_DUMP, 0, 0, ReceiveTime.NONE, asked == null ? new byte[0] : request,
                m.offset());
        first = m;
    }

    /**
     * Returns the family of the dump's first socket. ss asks for IPv4 first, so the family of a dump without sockets
     * follows from the dump before it.
     */
    private String family(SsDumpMessage m) {
        if (m.type() == Nlmsghdr.TCPDIAG_GETSOCK) {
            return "tcp";
        }
        return switch (m.family()) {
            case Family.AF_INET -> "tcp4";
            case Family.AF_INET6 -> "tcp6";
            default -> lastFamily.equals("tcp4") ? "tcp6" : "tcp4";
        };
    }

    /** Adds a message to the open dump, and ends the dump with its last one. */
    private void take(SsDumpMessage m) throws IOException {
        append(m);
        if (m.isDone()) {
            for (int other : joined) {
                sink.datagram(other, 0, m.bytes().length, ReceiveTime.NONE, m.data());
                sink.endDump(other, DumpEnd.Outcome.DONE, 0, ReceiveTime.NONE);
            }
            joined.clear();
            endDump(DumpEnd.Outcome.DONE, 0);
        } else if (m.isError()) {
            endDump(DumpEnd.Outcome.ERROR, m.errno());
        }
    }

    private void append(SsDumpMessage m) throws IOException {
        if (chunk.readableBytes() + m.bytes().length > CHUNK_BYTES) {
            flush();
        }
        chunk.writeBytes(m.bytes());
        repeated.add(m);
    }

    /** Keeps the place of bytes that are no message in the open dump, where secrets in them are zeroed. */
    private void junk() throws IOException {
        settleStray();
        if (junkInRow == 0) {
            junkAt = stream.offset();
            junkProblem = stream.problem();
        }
        junkInRow += stream.length();
        if (junkInRow > MAX_JUNK_BYTES) {
            endDump(DumpEnd.Outcome.SOURCE_ENDED, 0);
        } else if (first != null) {
            flush();
            sink.datagram(dump, 0, stream.length(), ReceiveTime.NONE, stream.message().data());
        }
    }

    /** Reports the bytes before this place that are no message. */
    private void endJunk() throws IOException {
        if (junkInRow == 0) {
            return;
        }
        String bytes = Counted.of(junkInRow, "byte that is", "bytes that are");
        if (++places <= MAX_REPORTED) {
            damages.add("%s, byte %d: %s; skipped %s not part of any message".formatted(
                    path, junkAt, junkProblem, bytes));
        }
        if (first == null) {
            sink.note(RecorderNote.Kind.SOURCE_SKIPPED, junkInRow, "between two dumps, "
                    + Counted.of(junkInRow, "byte is", "bytes are") + " not part of any message");
        }
        junkBytes += junkInRow;
        junkInRow = 0;
    }

    private void flush() throws IOException {
        if (chunk.isReadable()) {
            sink.datagram(dump, 0, chunk.readableBytes(), ReceiveTime.NONE, chunk);
            chunk = Unpooled.buffer(CHUNK_BYTES);
        }
    }

    /** Ends the open dump, if there is one, and those that were to end with it. */
    private void endDump(DumpEnd.Outcome outcome, int errno) throws IOException {
        if (first == null) {
            return;
        }
        flush();
        sink.endDump(dump, outcome, errno, ReceiveTime.NONE);
        for (int other : joined) {
            sink.endDump(other, DumpEnd.Outcome.SOURCE_ENDED, 0, ReceiveTime.NONE);
        }
        joined.clear();
        repeated.end();
        first = null;
    }
}
