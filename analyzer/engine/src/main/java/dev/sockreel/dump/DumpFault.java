package dev.sockreel.dump;

import static dev.sockreel.dump.DumpVerdict.COMPLETE;
import static dev.sockreel.dump.DumpVerdict.FAILED;
import static dev.sockreel.dump.DumpVerdict.INCONSISTENT;
import static dev.sockreel.dump.DumpVerdict.INTERRUPTED;
import static dev.sockreel.dump.DumpVerdict.TRUNCATED;
import static dev.sockreel.dump.DumpVerdict.UNAVAILABLE;
import static dev.sockreel.dump.DumpVerdict.UNFINISHED;
import static dev.sockreel.dump.Severity.CRITICAL;
import static dev.sockreel.dump.Severity.INFO;
import static dev.sockreel.dump.Severity.WARNING;

/** The faults a dump can have, in one table: id, severity, source, and the verdict each one forces. */
public enum DumpFault {
    NO_DONE("no-done", CRITICAL, Source.KERNEL, UNFINISHED, "the dump has no NLMSG_DONE, so its end is missing"),
    DONE_ERROR("done-error", CRITICAL, Source.KERNEL, FAILED, "NLMSG_DONE carries an error"),
    ERROR_REPLY("error-reply", CRITICAL, Source.KERNEL, FAILED, "the request was answered with an error"),
    HANDLER_MISSING("handler-missing", INFO, Source.KERNEL, UNAVAILABLE,
            "the kernel has no handler for this family, so it is not known whether there are such sockets"),
    DATAGRAM_TRUNCATED("datagram-truncated", CRITICAL, Source.RECORDER, TRUNCATED,
            "the receive buffer was too small; the rest of the datagram is lost"),
    DUMP_INTERRUPTED_FLAG("dump-interrupted-flag", WARNING, Source.KERNEL, INTERRUPTED,
            "NLM_F_DUMP_INTR: the table changed during the dump"),
    OVERRUN("overrun", CRITICAL, Source.KERNEL, TRUNCATED, "NLMSG_OVERRUN: the kernel dropped data"),
    ENOBUFS("enobufs", CRITICAL, Source.KERNEL, TRUNCATED, "ENOBUFS: the kernel dropped a datagram"),
    NO_REQUEST("no-request", CRITICAL, Source.RECORDER, TRUNCATED,
            "the source begins after the request, so what was requested and what came before are unknown"),
    REQUEST_UNSURE("request-unsure", WARNING, Source.ANALYZER, INCONSISTENT,
            "the dump may answer one of several requests, so its sockets may be of another protocol"),
    PACKETS_LOST("packets-lost", CRITICAL, Source.RECORDER, TRUNCATED, "the capture lost packets during the dump"),
    WRONG_SEQUENCE("wrong-sequence", WARNING, Source.KERNEL, INCONSISTENT,
            "a message answers another request; it is left out"),
    WRONG_SENDER("wrong-sender", WARNING, Source.KERNEL, INCONSISTENT,
            "a datagram does not come from the kernel; it is left out"),
    BAD_LENGTH("bad-length", CRITICAL, Source.FILE, TRUNCATED,
            "a message's length is wrong; the rest of its datagram cannot be read"),
    REMNANT("remnant", WARNING, Source.FILE, TRUNCATED, "bytes are left after the last message"),
    BAD_ATTRIBUTE("bad-attribute", WARNING, Source.FILE, INCONSISTENT,
            "an attribute's length is wrong; the socket is kept, but the rest of it is unknown"),
    DUPLICATE_SOCKET("duplicate-socket", WARNING, Source.KERNEL, INCONSISTENT,
            "sockets are listed twice: the table changed during the dump, so others may be missing"),
    VANISHED_AND_RETURNED("vanished-and-returned", WARNING, Source.KERNEL, INCONSISTENT,
            "sockets are missing that the dumps before and after list"),
    HALF_CONNECTION("half-connection", WARNING, Source.KERNEL, INCONSISTENT,
            "connections within this host have only one end listed: the table changed during the dump"),
    COUNT_MISMATCH("count-mismatch", WARNING, Source.KERNEL, INCONSISTENT,
            "the kernel's own counts say that sockets are missing"),
    ICONS_OVERFLOW("icons-overflow", WARNING, Source.KERNEL, TRUNCATED,
            "a listener's pending connections did not fit into a datagram, so the kernel ended the dump silently"),
    BAD_ROW("bad-row", CRITICAL, Source.FILE, TRUNCATED,
            "lines of a table of /proc/net are not rows, so their sockets are missing"),
    SLOW_DUMP("slow-dump", INFO, Source.RECORDER, COMPLETE, "the dump took longer than the interval"),
    RECEIVER_WAITED("receiver-waited", WARNING, Source.RECORDER, COMPLETE,
            "the receiver waited for a free buffer, so the dump took longer than necessary"),
    FILE_CUT("file-cut", CRITICAL, Source.FILE, UNFINISHED, "the file ends before the dump does"),
    CHECKSUM("checksum", CRITICAL, Source.FILE, TRUNCATED, "a part of the file is damaged and was left out");

    /** The component that caused the fault. */
    public enum Source {
        KERNEL,
        RECORDER,
        FILE,
        ANALYZER
    }

    private final String id;
    private final Severity severity;
    private final Source source;
    private final DumpVerdict verdict;
    private final String sentence;

    DumpFault(String id, Severity severity, Source source, DumpVerdict verdict, String sentence) {
        this.id = id;
        this.severity = severity;
        this.source = source;
        this.verdict = verdict;
        this.sentence = sentence;
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    public Source source() {
        return source;
    }

    /** Returns the verdict that this fault forces; {@code COMPLETE} when it forces none. */
    public DumpVerdict verdict() {
        return verdict;
    }

    public String sentence() {
        return sentence;
    }
}
