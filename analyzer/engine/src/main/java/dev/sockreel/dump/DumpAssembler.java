package dev.sockreel.dump;

import dev.sockreel.capture.order.RecordPlace;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.SocketDecoder;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assembles one dump from its datagrams and records its faults. Recordings and all imports use it alike. */
public final class DumpAssembler {
    /** Faults of one kind that are listed one by one; the rest are only counted. */
    private static final int MAX_LISTED_PER_KIND = 4;

    private final DumpBegin begin;
    private final String family;
    private final DumpRequest request;
    private final ByteOrder order;
    private final SocketDecoder decoder;
    private final List<Datagram> datagrams = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<DumpFault, Integer> counts = new EnumMap<>(DumpFault.class);
    private final WireReader in = new WireReader(Unpooled.EMPTY_BUFFER, 0, ByteOrder.nativeOrder());
    private final NlmsgWalk walk = new NlmsgWalk(in, 0);
    private long[] rows = new long[64];
    private long[] cookies = new long[64];
    private int sockets;
    private long bytes;
    private long lostBytes;
    /** The number of the next datagram, if none is missing. */
    private int nextNumber;
    private boolean done;
    private boolean errorReply;
    private long seq;
    private boolean seqKnown;
    private long portid;
    private boolean portidKnown;
    private RecordPlace place = RecordPlace.NONE;
    /** Damage to the file, which others add to. */
    private final List<Fault> losses;
    private int lossesNoted;

    public DumpAssembler(DumpBegin begin, DumpRequest request, ByteOrder order) {
        this(begin, request, order, List.of());
    }

    /**
     * Creates an assembler.
     *
     * @param losses damage to the file, in the order it was found: what is added to this list from now on until the
     *               dump ends is a fault of the dump
     */
    public DumpAssembler(DumpBegin begin, DumpRequest request, ByteOrder order, List<Fault> losses) {
        this.begin = begin;
        this.losses = losses;
        this.lossesNoted = losses.size();
        this.family = PrintableName.of(begin.family());
        this.request = request;
        this.order = order;
        this.decoder = new SocketDecoder(request, order);
        if (begin.request().length > 0) {
            seq = request.seq();
            seqKnown = true;
        } else if (begin.origin() == Origin.PCAP) {
            fault(DumpFault.NO_REQUEST, family, "its request is not among the packets");
        }
    }

    public void add(Datagram d) {
        add(d, RecordPlace.NONE);
    }

    /** Returns the dump's first record. */
    public DumpBegin begin() {
        return begin;
    }

    /** Returns the byte order of the capturing host. */
    public ByteOrder order() {
        return order;
    }

    /** Returns the request that it answers. */
    public DumpRequest request() {
        return request;
    }

    /** Returns whether no record of it is known to be lost so far. */
    public boolean isWithoutLoss() {
        return lossesNoted == losses.size();
    }

    /** Returns the faults found so far. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Returns whether no datagram was added. */
    public boolean isEmpty() {
        return datagrams.isEmpty();
    }

    /** Returns the number of sockets so far, those that are listed twice included. */
    public int sockets() {
        return sockets;
    }

    /**
     * Adds the next datagram.
     *
     * @param at the position of its record in the file
     */
    public void add(Datagram d, RecordPlace at) {
        place = at;
        noteLosses();
        if (d.number() != nextNumber) {
            fault(DumpFault.CHECKSUM, "datagram " + nextNumber,
                    "datagram " + nextNumber + " is missing; number " + d.number() + " follows instead");
        }
        nextNumber = d.number() + 1;
        int index = datagrams.size();
        datagrams.add(d);
        bytes += d.data().readableBytes();
        if (begin.knows(DumpBegin.KNOWS_SENDER) && d.senderPid() != 0) {
            fault(DumpFault.WRONG_SENDER, datagram(index),
                    "it was sent by port " + d.senderPid() + ", not by the kernel");
            return;
        }
        long lost = d.trueLength() - d.data().readableBytes();
        lostBytes += Math.max(0, lost);
        if ((d.msgFlags() & Datagram.MSG_TRUNC) != 0 || lost > 0) {
            fault(DumpFault.DATAGRAM_TRUNCATED, datagram(index),
                    lost > 0
                            ? lost + " of " + d.trueLength() + (lost == 1 ? " bytes is lost" : " bytes are lost")
                            : "MSG_TRUNC; it is not known how many bytes are lost");
        }
        walk(index, d, (d.msgFlags() & Datagram.MSG_TRUNC) != 0 || lost > 0);
    }

    private void walk(int index, Datagram d, boolean truncated) {
        in.wrap(d.data(), d.data().readableBytes(), order);
        walk.restart(0);
        while (walk.next()) {
            message(index, d);
        }
        if (truncated) {
            return; // bytes after the cut are not a fault of their own
        }
        String where = where(index);
        int left = in.end() - walk.offset();
        switch (walk.stop()) {
            case REMNANT -> fault(DumpFault.REMNANT, where,
                    Counted.of(left, "byte is", "bytes are") + " left; a header needs " + Nlmsghdr.BYTES);
            case LENGTH_TOO_SHORT -> fault(DumpFault.BAD_LENGTH, where,
                    "nlmsg_len is " + in.u32(walk.offset()) + ", less than its own header of " + Nlmsghdr.BYTES);
            case LENGTH_PAST_END -> fault(DumpFault.BAD_LENGTH, where,
                    "nlmsg_len is " + in.u32(walk.offset()) + ", but only " + Counted.of(left, "byte is", "bytes are")
                            + " left");
            case NONE, END -> {}
        }
    }

    private void message(int index, Datagram d) {
        if (!belongs(index)) {
            return;
        }
        if ((walk.flags() & Nlmsghdr.NLM_F_DUMP_INTR) != 0) {
            fault(DumpFault.DUMP_INTERRUPTED_FLAG, where(index), "NLM_F_DUMP_INTR is set");
        }
        if (done && walk.type() != Nlmsghdr.NLMSG_DONE) {
            fault(DumpFault.BAD_LENGTH, where(index), "a message of type " + walk.type() + " follows NLMSG_DONE");
            return;
        }
        switch (walk.type()) {
            case Nlmsghdr.NLMSG_DONE -> doneMessage(index);
            case Nlmsghdr.NLMSG_ERROR -> errorMessage(index);
            case Nlmsghdr.NLMSG_OVERRUN -> fault(DumpFault.OVERRUN, where(index), "NLMSG_OVERRUN");
            case Nlmsghdr.NLMSG_NOOP -> {}
            default -> socketMessage(index, d);
        }
    }

    private String where(int index) {
        if (begin.sourceByte() != DumpBegin.NO_SOURCE_BYTE) {
            return "byte " + (begin.sourceByte() + bytes - datagrams.getLast().data().readableBytes() + walk.offset())
                    + " of the source";
        }
        return datagram(index) + ", byte " + walk.offset();
    }

    private String datagram(int index) {
        String record = place.group() < 0 ? "" : "group " + place.group() + ", record " + place.record() + ", ";
        return record + "datagram " + index;
    }

    /** Returns whether the message answers this dump's request; if not, records a fault. */
    private boolean belongs(int index) {
        if (!seqKnown) {
            seq = walk.seq();
            seqKnown = true;
        } else if (walk.seq() != seq) {
            fault(DumpFault.WRONG_SEQUENCE, where(index), "nlmsg_seq is " + walk.seq()
                    + (begin.request().length > 0 ? ", but the request's is " : "; earlier messages have ") + seq);
            return false;
        }
        if (!portidKnown) {
            portid = walk.pid();
            portidKnown = true;
        } else if (walk.pid() != portid) {
            fault(DumpFault.WRONG_SEQUENCE, where(index),
                    "nlmsg_pid is " + walk.pid() + "; earlier messages have " + portid);
            return false;
        }
        return true;
    }

    private void socketMessage(int index, Datagram d) {
        DiagSocket socket = decoder.at(d.data(), in.end(), walk.offset(), walk.length());
        if (socket == null && counts.containsKey(DumpFault.NO_REQUEST) && !decoder.knowsFamily()) {
            return; // only the missing request named the protocol
        }
        if (socket == null) {
            fault(DumpFault.BAD_LENGTH, where(index),
                    "a message of type " + walk.type() + " and " + walk.length() + " bytes is not a socket of "
                            + family);
            return;
        }
        if (socket.attributesBroken()) {
            fault(DumpFault.BAD_ATTRIBUTE, where(index), "an attribute's length does not fit its message");
        }
        if (sockets == rows.length) {
            rows = Arrays.copyOf(rows, sockets * 2);
            cookies = Arrays.copyOf(cookies, sockets * 2);
        }
        rows[sockets] = (long) index << 32 | walk.offset();
        cookies[sockets++] = socket.cookie();
    }

    private void doneMessage(int index) {
        done = true;
        int errno = walk.payloadBytes() >= 4 ? -in.s32(walk.payload()) : 0;
        if (errno == 0) {
            return;
        }
        if (errno == Errno.ENOENT && sockets == 0) {
            fault(DumpFault.HANDLER_MISSING, where(index),
                    "the kernel has no handler for it (NLMSG_DONE carries ENOENT)" + extAck(walk.payload() + 4));
        } else if (errno == Errno.ENOBUFS) {
            fault(DumpFault.ENOBUFS, where(index), "NLMSG_DONE carries ENOBUFS");
        } else {
            fault(DumpFault.DONE_ERROR, where(index),
                    "NLMSG_DONE carries " + Errno.name(errno) + extAck(walk.payload() + 4));
        }
    }

    private void errorMessage(int index) {
        int errno = walk.payloadBytes() >= 4 ? -in.s32(walk.payload()) : 0;
        if (errno == 0) {
            return; // an acknowledgement
        }
        errorReply = true;
        String text = extAck(extAckOffset());
        boolean oldRequest = request.nlmsgType() == Nlmsghdr.TCPDIAG_GETSOCK;
        if (sockets == 0
                && ((errno == Errno.ENOENT && request.isDump()) || (errno == Errno.EOPNOTSUPP && oldRequest))) {
            fault(DumpFault.HANDLER_MISSING, where(index),
                    "the kernel has no handler for it (NLMSG_ERROR " + Errno.name(errno) + ")" + text);
        } else if (errno == Errno.ENOBUFS) {
            fault(DumpFault.ENOBUFS, where(index), "NLMSG_ERROR ENOBUFS" + text);
        } else {
            fault(DumpFault.ERROR_REPLY, where(index), "NLMSG_ERROR " + Errno.name(errno) + text);
        }
    }

    /**
     * Returns the offset of the attributes in NLMSG_ERROR: they follow the errno and the request's header, and its
     * payload unless that is capped.
     */
    private int extAckOffset() {
        int at = walk.payload() + 4 + Nlmsghdr.BYTES;
        if ((walk.flags() & Nlmsghdr.NLM_F_CAPPED) == 0 && in.fits(walk.payload() + 4, 4)) {
            long requestBytes = in.u32(walk.payload() + 4);
            at = requestBytes > walk.payloadBytes() ? walk.end()
                    : walk.payload() + 4 + (int) ((requestBytes + 3) & ~3L);
        }
        return at;
    }

    private String extAck(int from) {
        if ((walk.flags() & Nlmsghdr.NLM_F_ACK_TLVS) == 0) {
            return "";
        }
        String text = ExtendedAck.message(in, from, walk.end());
        return text.isEmpty() ? "" : ": \"" + text + "\"";
    }

    /** Records a fault found by the caller: a recorder's note, or damage to the file. */
    public void fault(DumpFault kind, String where, String why) {
        noteLosses();
        int count = counts.merge(kind, 1, Integer::sum);
        if (count <= MAX_LISTED_PER_KIND) {
            faults.add(new Fault(kind, where, why));
        }
    }

    /** Adds the losses since the last call. Those that are not listed one by one cost nothing each. */
    private void noteLosses() {
        while (lossesNoted < losses.size()) {
            Fault loss = losses.get(lossesNoted++);
            int count = counts.merge(loss.kind(), 1, Integer::sum);
            if (count <= MAX_LISTED_PER_KIND) {
                faults.add(loss);
            } else {
                counts.merge(loss.kind(), losses.size() - lossesNoted, Integer::sum);
                lossesNoted = losses.size();
            }
        }
    }

    /**
     * Ends the dump.
     *
     * @param end     null when the capture has no end record of this dump
     * @param fileCut whether the end record is missing because the file is cut off or was not closed
     */
    public Dump finish(@Nullable DumpEnd end, boolean fileCut) {
        noteLosses();
        judgeEnd(end, fileCut);
        CookieIndex seen = dropDuplicates();
        addCounts();
        SocketTable table = new DatagramTable(List.copyOf(datagrams), Arrays.copyOf(rows, sockets), order);
        return new Dump(begin, end, request, order, table, new CookiesOfRows(seen), null, null, CookieIndex.NONE,
                List.copyOf(faults), DumpVerdict.of(faults), bytes);
    }

    private void judgeEnd(@Nullable DumpEnd end, boolean fileCut) {
        DumpEnd.Outcome outcome = end == null ? null : end.outcome();
        if (outcome == DumpEnd.Outcome.MISSING_BEFORE) {
            fault(DumpFault.HANDLER_MISSING, family,
                    "the handler was missing in an earlier snapshot, so it was not asked again");
        } else if (outcome == DumpEnd.Outcome.NOT_LOADED) {
            fault(DumpFault.HANDLER_MISSING, family,
                    "the handler was not loaded, and asking would have loaded it (--no-modprobe)");
        } else if (end != null && outcome == DumpEnd.Outcome.CALL_FAILED) {
            boolean dropped = end.errno() == Errno.ENOBUFS;
            fault(dropped ? DumpFault.ENOBUFS : DumpFault.ERROR_REPLY, end.operation(),
                    end.operation() + ": " + Errno.name(end.errno()));
        } else if (!done && !errorReply) {
            noDone(end, fileCut);
        }
        if (end != null && end.datagrams() > nextNumber) {
            int missing = end.datagrams() - nextNumber;
            String all = Counted.of(end.datagrams(), "datagram");
            fault(DumpFault.CHECKSUM, "datagram " + nextNumber,
                    (missing == 1 ? "the last of " + all + " is" : "the last " + missing + " of " + all + " are")
                            + " not in the file");
        }
    }

    private void noDone(@Nullable DumpEnd end, boolean fileCut) {
        if (end == null && fileCut) {
            fault(DumpFault.FILE_CUT, "end of file", "the file ends within this dump");
            return;
        }
        DumpEnd.Outcome outcome = end == null ? null : end.outcome();
        fault(DumpFault.NO_DONE, begin.sourceByte() == DumpBegin.NO_SOURCE_BYTE
                ? "after datagram " + (datagrams.size() - 1)
                : "byte " + (begin.sourceByte() + bytes) + " of the source",
                outcome == DumpEnd.Outcome.TIMEOUT
                        ? "the dump did not end before its deadline"
                        : outcome == DumpEnd.Outcome.STOPPED
                                ? "the recording was stopped during the dump"
                        : "the last datagram is not followed by NLMSG_DONE");
    }

    /**
     * Removes rows with a cookie that was listed before. netlink_diag lists sockets with groups twice by design, and
     * sctp lists associations under their socket's cookie.
     */
    private CookieIndex dropDuplicates() {
        boolean sctp = request.protocol() == InetProtocol.IPPROTO_SCTP;
        CookieIndex seen = new CookieIndex(sockets);
        int kept = 0;
        int twice = 0;
        for (int i = 0; i < sockets; i++) {
            if (!seen.add(cookies[i], kept) && cookies[i] != Socket.NO_COOKIE && !sctp) {
                twice++;
            } else {
                rows[kept] = rows[i];
                cookies[kept++] = cookies[i];
            }
        }
        sockets = kept;
        if (twice > 0 && request.family() != Family.AF_NETLINK) {
            fault(DumpFault.DUPLICATE_SOCKET, family,
                    twice + " of " + (kept + twice) + " listed sockets " + (twice == 1 ? "has" : "have")
                            + " a cookie that was listed before");
        }
        return seen;
    }

    private void addCounts() {
        counts.forEach((kind, count) -> {
            if (count > MAX_LISTED_PER_KIND) {
                boolean counted = kind == DumpFault.DATAGRAM_TRUNCATED && lostBytes > 0;
                faults.add(
                        new Fault(kind, family, (count - MAX_LISTED_PER_KIND) + " more of this kind, " + count
                                + " in all"
                                + (counted ? ", " + Counted.of(lostBytes, "byte") + " lost" : "")));
            }
        });
    }
}
