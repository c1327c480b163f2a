package dev.sockreel.sockdiag;

/** Reasons why a value is not known. Such a value is never shown as a zero. */
public enum Unknown {
    /** The kernel sent no such attribute with this socket. */
    ATTRIBUTE_ABSENT("attribute-absent"),
    /** The request did not ask for it. */
    NOT_REQUESTED("not-requested"),
    /** The recorder lacked a capability that it needs. */
    NOT_PERMITTED("not-permitted"),
    /** The kernel had no handler for this family. */
    HANDLER_MISSING("handler-missing"),
    /** The row comes from /proc/net, which does not have it. */
    FROM_PROC("from-proc"),
    /** The message ends inside it, or its length is broken. */
    CUT_OFF("cut-off"),
    /** The kernel has no such measure for this kind of socket. */
    NO_SUCH_MEASURE("no-such-measure");

    private final String id;

    Unknown(String id) {
        this.id = id;
    }

    /** Returns the name in the JSON output. */
    public String id() {
        return id;
    }
}
