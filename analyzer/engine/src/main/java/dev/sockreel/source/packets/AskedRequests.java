package dev.sockreel.source.packets;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.DumpRequest;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that were seen and are not yet answered, in the order of the source. */
final class AskedRequests {
    /** Limit for requests without an answer; beyond it, the oldest counts as unanswered. */
    private static final int MAX_WAITING = 1024;
    /** Limit for a request. ss's longest filters are far shorter. */
    private static final int MAX_REQUEST_BYTES = 64 * 1024;
    /** Limit for their bytes, since each answer is compared with all of them. */
    private static final int MAX_WAITING_BYTES = 4 << 20;
    private static final int SEQ_AT = 8;
    private static final int PID_AT = 12;

    /**
     * One request.
     *
     * @param pid    nlmsg_pid: the sender's port id, or 0 when it left that to the kernel
     * @param parsed null when sock_diag knows no such request
     */
    record Asked(
            int netns, ReceiveTime time, byte[] bytes, long seq, long pid, @Nullable DumpRequest parsed) {}

    /**
     * A request, chosen as the one that an answer belongs to.
     *
     * @param doubt why the answer may belong to another request; empty when it is certain
     */
    record Answered(Asked asked, String doubt) {}

    private final ByteOrder order;
    private final List<Asked> waiting = new ArrayList<>();
    private long waitingBytes;

    AskedRequests(ByteOrder order) {
        this.order = order;
    }

    /**
     * Adds a request.
     *
     * @param bytes at least a header; what is left of the request when the capture cut it
     */
    void add(int netns, ReceiveTime time, byte[] bytes) {
        byte[] request = bytes.length > MAX_REQUEST_BYTES ? Arrays.copyOf(bytes, MAX_REQUEST_BYTES) : bytes;
        WireReader in = new WireReader(Unpooled.wrappedBuffer(request), request.length, order);
        waiting.add(new Asked(netns, time, request, in.u32(SEQ_AT), in.u32(PID_AT), DumpRequest.parse(request, order)));
        waitingBytes += request.length;
    }

    /** Removes and returns the oldest request while there are too many; else returns null. */
    @Nullable
    Asked removeTooMany() {
        return waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES ? remove(0) : null;
    }

    private Asked remove(int index) {
        Asked removed = waiting.remove(index);
        waitingBytes -= removed.bytes().length;
        return removed;
    }

    /** Returns whether a message of this type and first byte can begin the answer to one of the requests. */
    boolean hasFor(int netns, long portid, long seq, int type, int firstByte) {
        for (Asked a : waiting) {
            if (fits(a, netns, portid, seq) && answers(a, type, firstByte)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Removes and returns the oldest request that the answer can belong to.
     *
     * @param echoed the request as NLMSG_ERROR repeats it, empty for other answers
     * @return null for none
     */
    @Nullable
    Answered takeFor(int netns, long portid, long seq, int type, int firstByte, byte[] echoed) {
        int oldest = -1;
        int same = 0;
        boolean sure = true;
        for (int i = 0; i < waiting.size(); i++) {
            Asked a = waiting.get(i);
            if (fits(a, netns, portid, seq) && answers(a, type, firstByte) && begins(a.bytes(), echoed)) {
                oldest = oldest < 0 ? i : oldest;
                same++;
                sure &= echoed.length > Nlmsghdr.BYTES || Arrays.equals(a.bytes(), waiting.get(oldest).bytes());
            }
        }
        return oldest < 0 ? null
                : new Answered(remove(oldest), sure ? "" : same + " unanswered requests have nlmsg_seq " + seq);
    }

    private static boolean fits(Asked a, int netns, long portid, long seq) {
        return a.netns() == netns && a.seq() == seq && (a.pid() == 0 || a.pid() == portid);
    }

    private static boolean answers(Asked a, int type, int firstByte) {
        boolean isEnd = type == Nlmsghdr.NLMSG_DONE || type == Nlmsghdr.NLMSG_ERROR;
        DumpRequest request = a.parsed();
        return isEnd || request == null || request.isAnsweredBy(type, firstByte);
    }

    private static boolean begins(byte[] request, byte[] echoed) {
        int length = Math.min(request.length, echoed.length);
        return Arrays.equals(request, 0, length, echoed, 0, length);
    }

    List<Asked> takeAll() {
        List<Asked> all = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        return all;
    }
}
