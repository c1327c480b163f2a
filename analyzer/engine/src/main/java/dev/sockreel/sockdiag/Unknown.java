package dev.sockreel.sockdiag;

/** Why a value is not known. Never shown as a zero. */
public enum Unknown {
    /** The kernel sent no such attribute with this socket. */
    ATTRIBUTE_ABSENT("attribute-absent"),
    /** The request did not ask for it. */
    NOT_REQUESTED("not-requested"),
    /** It needs a capability the recorder did not have. */
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

    /** As the JSON output has it. */
    public String id() {
        return id;
    }
}
