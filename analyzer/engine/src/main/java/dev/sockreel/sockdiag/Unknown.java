package dev.sockreel.sockdiag;

/** The reason why a value is not known. An unknown value is never shown as zero. */
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
    /** The message ends inside it, or its length is wrong. */
    CUT_OFF("cut-off"),
    /** The kernel does not measure it for this kind of socket. */
    NO_SUCH_MEASURE("no-such-measure"),
    /** It is younger than the last look-up of owners. */
    APPEARED_LATER("appeared-later"),
    /** All processes that held it at the last look-up of owners have ended. */
    HOLDER_ENDED("holder-ended");

    private final String id;

    Unknown(String id) {
        this.id = id;
    }

    /** Returns the reason as the JSON output writes it. */
    public String id() {
        return id;
    }
}
