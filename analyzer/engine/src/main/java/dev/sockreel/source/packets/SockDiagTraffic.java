package dev.sockreel.source.packets;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.pcap.CookedHeader;
import dev.sockreel.pcap.Packet;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.source.packets.AskedRequests.Asked;
import dev.sockreel.source.packets.SnapshotOrder.OrderedDump;
import dev.sockreel.source.sink.SnapshotRule;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Separates requests from the dumps that answer them; nlmon marks all packets as outgoing. A request has NLM_F_REQUEST;
 * an answer has the requester's port id and nlmsg_seq. ss and others leave nlmsg_pid of a request 0 and use one
 * nlmsg_seq for all requests, so the first socket of a new dump also serves to find its request.
 */
final class SockDiagTraffic implements SockDiagPackets {
    private static final int NLM_F_MULTI = 2;
    /** Limit for dumps open at once; beyond it, the oldest is ended early. */
    private static final int MAX_OPEN = 1024;

    /** Identifies a request: who asked, and the sequence number. */
    private record Key(int netns, long portid, long seq) {}

    private record Open(OrderedDump dump, @Nullable DumpRequest request) {}

    private final ByteOrder order;
    private final SnapshotOrder out;
    private final AskedRequests asked;
    private final SnapshotRule rule = new SnapshotRule();
    private final LinkedHashMap<Key, Open> open = new LinkedHashMap<>();
    private final WireReader in = new WireReader(Unpooled.EMPTY_BUFFER, 0, ByteOrder.nativeOrder());
    private final NlmsgWalk walk = new NlmsgWalk(in, 0);
    private long lookUps;
    private long unmatchedAnswers;
    private long late;
    private final UnreadPackets unreadable = new UnreadPackets("too short for a message");
    private int unanswered;

    SockDiagTraffic(ByteOrder order, SnapshotOrder out) {
        this.order = order;
        this.out = out;
        this.asked = new AskedRequests(order);
    }

    @Override
    public void take(int netns, Packet packet, ByteBuf messages) throws IOException {
        int length = messages.readableBytes();
        if (packet.dropped() > 0) {
            lost(packet.dropped());
        }
        if (length < Nlmsghdr.BYTES) {
            unreadable.add(packet);
            return;
        }
        in.wrap(messages, length, order);
        walk.restart(0);
        walk.next(); // a first message that is cut still shows its header
        if ((walk.flags() & Nlmsghdr.NLM_F_REQUEST) != 0) {
            requests(netns, packet, messages);
        } else {
            answer(netns, packet, messages);
        }
    }

    /** Notes lost packets for all open dumps, since the file does not say whose they were. */
    private void lost(long packets) throws IOException {
        for (Open o : open.values()) {
            out.lost(o.dump(), packets);
        }
    }

    /** Adds the requests of one packet; a program may send several at once. */
    private void requests(int netns, Packet packet, ByteBuf messages) throws IOException {
        walk.restart(0);
        int end = messages.readableBytes();
        boolean more = walk.next() || walk.stop() == NlmsgWalk.Stop.LENGTH_PAST_END;
        while (more) {
            int length = walk.length() > 0 ? walk.length() : end - walk.offset();
            asked.add(netns, packet.time(), in.bytes(walk.offset(), Math.min(length, end - walk.offset())));
            Asked tooMany;
            while ((tooMany = asked.removeTooMany()) != null) {
                unanswered(tooMany);
            }
            more = walk.next();
        }
    }

    private void answer(int netns, Packet packet, ByteBuf messages) throws IOException {
        Key key = new Key(netns, walk.pid(), walk.seq());
        int type = walk.type();
        int firstByte = messages.readableBytes() > Nlmsghdr.BYTES ? in.u8(Nlmsghdr.BYTES) : 0;
        boolean isError = type == Nlmsghdr.NLMSG_ERROR;
        boolean isSocket = !isError && type != Nlmsghdr.NLMSG_DONE;
        Open known = open.get(key);
        if (known != null && isSocket && !known.dump().isEnded() && isAnotherDump(known, key, type, firstByte)) {
            end(key, known, DumpEnd.Outcome.SOURCE_ENDED, packet.time());
            known = null;
        }
        if (known == null) {
            known = begin(key, packet, messages, type, firstByte);
        }
        if (known == null) {
            return;
        }
        if (known.dump().isEnded()) {
            late++;
        } else {
            long cut = packet.trueLength() - CookedHeader.BYTES;
            out.datagram(known.dump(), Math.max(cut, messages.readableBytes()), packet.time(), messages);
        }
        endWithItsLastMessage(key, known, messages, packet.time());
    }

    /**
     * Returns whether an answer begins another dump: the open dump cannot continue with a socket of this family, and
     * there is a request for one that can.
     */
    private boolean isAnotherDump(Open known, Key key, int type, int firstByte) {
        DumpRequest request = known.request();
        return request != null && !request.isAnsweredBy(type, firstByte)
                && asked.hasFor(key.netns(), key.portid(), key.seq(), type, firstByte);
    }

    /** Begins the dump that an answer belongs to; null when the answer is no dump. */
    private @Nullable Open begin(Key key, Packet packet, ByteBuf messages, int type, int firstByte) throws IOException {
        byte[] echoed = type == Nlmsghdr.NLMSG_ERROR ? echoedRequest(messages) : new byte[0];
        AskedRequests.Answered answered = asked.takeFor(key.netns(), key.portid(), key.seq(), type, firstByte, echoed);
        if (answered == null) {
            return beginWithoutRequest(key, packet, type, firstByte, echoed);
        }
        Asked request = answered.asked();
        DumpRequest parsed = request.parsed();
        if (parsed == null || !parsed.isDump()) {
            lookUps++;
            return null;
        }
        boolean opens = rule.opens(key.netns(), request.bytes(), type == Nlmsghdr.NLMSG_ERROR);
        return opened(key, new SnapshotOrder.Begin(key.netns(), parsed.familyId(), Origin.PCAP, knows(packet),
                request.time(), request.bytes(), answered.doubt()), parsed, opens);
    }

    private static int knows(Packet packet) {
        return DumpBegin.KNOWS_EDGES | DumpBegin.KNOWS_FLAGS | (packet.time().isKnown() ? DumpBegin.KNOWS_TIMES : 0);
    }

    private Open opened(Key key, SnapshotOrder.Begin begin, @Nullable DumpRequest request, boolean opens)
            throws IOException {
        if (open.size() >= MAX_OPEN) {
            Map.Entry<Key, Open> oldest = open.firstEntry();
            end(oldest.getKey(), oldest.getValue(), DumpEnd.Outcome.SOURCE_ENDED, begin.time());
        }
        Open opened = new Open(out.begin(begin, opens), request);
        open.put(key, opened);
        return opened;
    }

    /**
     * Begins a dump whose request is not in the capture, which began later. NLMSG_ERROR at least repeats the request.
     */
    private @Nullable Open beginWithoutRequest(Key key, Packet packet, int type, int firstByte, byte[] echoed)
            throws IOException {
        DumpRequest request = DumpRequest.parse(echoed, order);
        boolean isMulti = (walk.flags() & NLM_F_MULTI) != 0;
        boolean isFailedDump = type == Nlmsghdr.NLMSG_ERROR && request != null && request.isDump();
        if (type == Nlmsghdr.NLMSG_ERROR ? !isFailedDump : !isMulti) {
            unmatchedAnswers++;
            return null;
        }
        String family = request != null ? request.familyId() : FamilyOfReply.of(type, firstByte);
        return opened(key, new SnapshotOrder.Begin(key.netns(), family, Origin.PCAP, knows(packet), packet.time(),
                isFailedDump ? echoed : new byte[0], ""), request, rule.opensUnasked(key.netns()));
    }

    /** Returns the request that NLMSG_ERROR repeats after its errno; only its header when it is capped. */
    private byte[] echoedRequest(ByteBuf messages) {
        int at = Nlmsghdr.BYTES + 4;
        if (!in.fits(at, Nlmsghdr.BYTES)) {
            return new byte[0];
        }
        long stated = in.u32(at);
        return in.bytes(at, (int) Math.min(stated, messages.readableBytes() - at));
    }

    private void endWithItsLastMessage(Key key, Open known, ByteBuf messages, ReceiveTime time) throws IOException {
        in.wrap(messages, messages.readableBytes(), order);
        walk.restart(0);
        while (walk.next()) {
            if (walk.type() == Nlmsghdr.NLMSG_DONE || walk.type() == Nlmsghdr.NLMSG_ERROR) {
                boolean isDone = walk.type() == Nlmsghdr.NLMSG_DONE;
                int errno = walk.payloadBytes() >= 4 ? -in.s32(walk.payload()) : 0;
                if (!isDone && errno == 0) {
                    continue; // an acknowledgement; the dump goes on
                }
                end(key, known, isDone ? DumpEnd.Outcome.DONE : DumpEnd.Outcome.ERROR, errno, time);
                return;
            }
        }
    }

    private void end(Key key, Open known, DumpEnd.Outcome outcome, ReceiveTime time) throws IOException {
        end(key, known, outcome, 0, time);
    }

    private void end(Key key, Open known, DumpEnd.Outcome outcome, int errno, ReceiveTime time) throws IOException {
        open.remove(key);
        if (!known.dump().isEnded()) {
            out.end(known.dump(), outcome, errno, time);
        }
    }

    /** Writes a dump that was requested and never answered. */
    private void unanswered(Asked a) throws IOException {
        DumpRequest request = a.parsed();
        if (request != null && request.isDump()) {
            unanswered++;
            int knows = DumpBegin.KNOWS_EDGES | (a.time().isKnown() ? DumpBegin.KNOWS_TIMES : 0);
            OrderedDump dump = out.begin(new SnapshotOrder.Begin(a.netns(), request.familyId(), Origin.PCAP, knows,
                    a.time(), a.bytes(), ""), rule.opens(a.netns(), a.bytes(), false));
            out.end(dump, DumpEnd.Outcome.SOURCE_ENDED, 0, a.time());
        }
    }

    @Override
    public ReceiveTime finish(ReceiveTime last) throws IOException {
        for (Map.Entry<Key, Open> e : List.copyOf(open.entrySet())) {
            end(e.getKey(), e.getValue(), DumpEnd.Outcome.SOURCE_ENDED, last);
        }
        for (Asked a : asked.takeAll()) {
            unanswered(a);
        }
        out.finish();
        return last;
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        addRemark(remarks, lookUps, "answer to a look-up of single sockets was left out",
                "answers to look-ups of single sockets were left out");
        addRemark(remarks, unmatchedAnswers, "single message that answers no known request was left out",
                "single messages that answer no known request were left out");
        addRemark(remarks, unanswered, "request for a dump has no answer", "requests for dumps have no answer");
        addRemark(remarks, out.cutShort(), "dump ran so long alongside later ones that its end was left out",
                "dumps ran so long alongside later ones that their ends were left out");
        addRemark(remarks, late, "datagram of such dumps was left out", "datagrams of such dumps were left out");
        return remarks;
    }

    @Override
    public Stream<String> damages() {
        return unreadable.damages();
    }

    private static void addRemark(List<String> remarks, long count, String one, String many) {
        if (count > 0) {
            remarks.add(Counted.of(count, one, many));
        }
    }
}
