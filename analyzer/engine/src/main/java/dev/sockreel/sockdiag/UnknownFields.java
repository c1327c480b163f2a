package dev.sockreel.sockdiag;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the JSON output that are null for a reason, with the reason. A field that is null by nature is not listed. */
public final class UnknownFields {
    static Map<String, Unknown> of(DiagSocket s, SocketFamily kind) {
        Map<String, Unknown> out = new LinkedHashMap<>();
        addQueues(s, out);
        if (s.cookie() == Socket.NO_COOKIE) {
            out.put("cookie", Unknown.ATTRIBUTE_ABSENT);
        }
        if (s.inode() == Socket.UNKNOWN) {
            out.put("inode", Unknown.ATTRIBUTE_ABSENT);
        }
        if (s.uid() == Socket.UNKNOWN) {
            out.put("uid", kind.whyNoUid(s));
        }
        kind.addUnknown(s, out);
        return out;
    }

    /** Adds recvQ, sendQ and what is derived from them: unread, waiting, eofUnread. */
    public static void addQueues(Socket s, Map<String, Unknown> out) {
        Queue recvQ = s.recvQ();
        put(out, "recvQ", whyNoNumber(recvQ));
        put(out, "sendQ", whyNoNumber(s.sendQ()));
        if (!s.isListener() && s.unread().isEmpty()) {
            put(out, "unread", whyNoPayload(recvQ));
        }
        if (s.waiting() == null) {
            put(out, "waiting", whyNoPayload(recvQ));
        }
        if (s.eofUnread() == null) {
            put(out, "eofUnread", whyNoPayload(recvQ));
        }
    }

    private static void put(Map<String, Unknown> out, String field, @Nullable Unknown why) {
        if (why != null) {
            out.put(field, why);
        }
    }

    private static @Nullable Unknown whyNoNumber(Queue queue) {
        return switch (queue) {
            case Queue.NotKnown q -> q.why();
            case Queue.NotMeasured q -> Unknown.NO_SUCH_MEASURE;
            case Queue.None q -> Unknown.NO_SUCH_MEASURE;
            default -> null;
        };
    }

    /** The kernel's number may be there and yet not say how much, or whether, is unread. */
    private static Unknown whyNoPayload(Queue queue) {
        return queue instanceof Queue.NotKnown q ? q.why() : Unknown.NO_SUCH_MEASURE;
    }

    private UnknownFields() {}
}
