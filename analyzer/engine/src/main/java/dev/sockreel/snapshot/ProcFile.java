package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.procnet.ProcContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of /proc as recorded in a snapshot, its parts joined.
 *
 * @param errno 0, or why it could not be read
 * @param whole whether all its parts are present
 * @param content its bytes
 * @param faults of a table that stands in for a dump, as far as it was checked
 */
public record ProcFile(
        String path, int netns, ProcText.@Nullable When when, int errno, ReceiveTime time, boolean whole,
        ProcContent content, List<Fault> faults) {

    /** Returns its bytes, which must not be changed. */
    public byte[] text() {
        return content.bytes();
    }

    /** Returns this file with the faults that its check found. */
    public ProcFile with(List<Fault> found) {
        return found.isEmpty() && faults.isEmpty() ? this
                : new ProcFile(path, netns, when, errno, time, whole, content, List.copyOf(found));
    }

    /** Returns the quality of a table that stands in for a dump. */
    public DumpVerdict verdict() {
        return DumpVerdict.of(faults);
    }

    /** Returns whether the table lists all sockets, as far as can be known. */
    boolean isComplete() {
        return whole && errno == 0 && verdict() == DumpVerdict.COMPLETE;
    }
}
