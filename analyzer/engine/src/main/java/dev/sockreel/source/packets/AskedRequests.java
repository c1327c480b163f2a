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

    AskedRequests(ByteOrder order) {
        this.order = order;
    }

    /**
     * Adds a request.
     *
     * @param bytes at least a header; what is left of the request when the capture cut it
     * @return the oldest request if there are now too many, else null
     */
    @Nullable
    Asked add(int netns, ReceiveTime time, byte[] bytes) {
        byte[] request = bytes.length > MAX_REQUEST_BYTES ? Arrays.copyOf(bytes, MAX_REQUEST_BYTES) : bytes;
        WireReader in = new WireReader(Unpooled.wrappedBuffer(request), request.length, order);
        waiting.add(new Asked(netns, time, request, in.u32(SEQ_AT), in.u32(PID_AT), DumpRequest.parse(request, order)));
        return waiting.size() > MAX_WAITING ? waiting.removeFirst() : null;
    }

    /** Returns whether a message of this type and first byte can begin the answer to one of the requests. */
    boolean hasFor(int netns, long portid, long seq, int type, int firstByte) {
        return waiting.stream().anyMatch(a -> fits(a, netns, portid, seq) && answers(a, type, firstByte));
    }

    /**
     * Removes and returns the oldest request that the answer can belong to.
     *
     * @param echoed the request as NLMSG_ERROR repeats it, empty for other answers
     * @return null for none
     */
    @Nullable
    Answered takeFor(int netns, long portid, long seq, int type, int firstByte, byte[] echoed) {
        List<Asked> fitting = waiting.stream()
                .filter(a -> fits(a, netns, portid, seq) && answers(a, type, firstByte))
                .toList();
        List<Asked> same = echoed.length == 0
                ? fitting
                : fitting.stream().filter(a -> begins(a.bytes(), echoed)).toList();
        if (same.isEmpty()) {
            return null;
        }
        Asked first = same.getFirst();
        waiting.remove(first);
        boolean sure =
                echoed.length > Nlmsghdr.BYTES || same.stream().allMatch(a -> Arrays.equals(a.bytes(), first.bytes()));
        return new Answered(first, sure ? "" : same.size() + " unanswered requests have nlmsg_seq " + seq);
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
        return all;
    }
}
