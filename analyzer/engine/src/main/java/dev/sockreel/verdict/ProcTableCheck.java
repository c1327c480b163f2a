package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText.When;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketTotals;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.procnet.TableShape;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks a table of /proc/net that stands in for a dump: its form, and its rows against the kernel's own counts. The
 * tolerance is that of {@link CountCheck}, but where it is not known when table and counts were copied 10 % instead of
 * 2 %. A unix table shows neither closed peers nor queued datagrams, which keep sockets alive that no table lists, so
 * each connected socket may have one more, and datagram sockets together as many as one queue holds by default.
 */
final class ProcTableCheck implements ProcNet.Visitor<RuntimeException> {
    /** The kernel's default of net.unix.max_dgram_qlen. */
    private static final int DGRAM_QLEN = 10;
    private static final int TIMED_DIVISOR = 50;
    private static final int UNTIMED_DIVISOR = 10;

    private final ProcFile file;
    private final SocketCounts counts;
    private long counted;
    private long connected;
    private boolean hasDatagrams;

    private ProcTableCheck(ProcFile file, SocketCounts counts) {
        this.file = file;
        this.counts = counts;
    }

    /** Returns the faults of this text; none where it stands in for no dump. */
    static List<Fault> faults(ProcFile file, Surroundings around) {
        Snapshot snapshot = around.snapshot();
        return file.errno() != 0 || !snapshot.standsIn(file) ? List.of()
                : new ProcTableCheck(file, around.counts()).check(snapshot);
    }

    private List<Fault> check(Snapshot snapshot) {
        TableShape shape = ProcNet.parse(file.path(), file.text(), snapshot.header().orderOrLittleEndian(), this);
        List<Fault> faults = new ArrayList<>();
        if (!file.whole()) {
            add(faults, DumpFault.FILE_CUT, "its end is not in the capture");
        } else if (shape.isEmpty()) {
            add(faults, DumpFault.FILE_CUT, "it is empty, though a kernel prints at least the heading");
            return faults;
        } else if (shape.endsInLine()) {
            add(faults, DumpFault.FILE_CUT, "it ends within a line, so rows may be missing");
        }
        if (!shape.hasHeading()) {
            add(faults, DumpFault.BAD_ROW, "it does not begin with its heading, so rows may be missing before it");
        }
        if (shape.badLines() > 0) {
            add(faults, DumpFault.BAD_ROW, Counted.of(shape.badLines(), "line is not a row", "lines are not rows"));
        }
        checkCount(faults);
        return faults;
    }

    @Override
    public void visit(ProcSocket socket) {
        boolean isUnix = socket.family() == Family.AF_UNIX;
        counted += isUnix || SocketTotals.isCounted(socket) ? 1 : 0;
        connected += isUnix && socket.stateNumber() == TcpState.ESTABLISHED && socket.inode() > 0 ? 1 : 0;
        hasDatagrams |= socket.netid().equals("u_dgr");
    }

    private void checkCount(List<Fault> faults) {
        String family = ProcNet.family(file.path());
        if (family == null) {
            return;
        }
        OptionalLong first = counts.of(file.netns(), family, When.BEFORE_DUMPS);
        OptionalLong last = counts.of(file.netns(), family, When.AFTER_DUMPS);
        if (first.isEmpty() && last.isEmpty()) {
            return;
        }
        long before = first.orElse(last.orElse(0));
        long after = last.orElse(before);
        long kernel = Math.min(before, after);
        long tolerance = Math.abs(after - before) + connected + (hasDatagrams ? DGRAM_QLEN : 0)
                + Math.max(CountCheck.MIN_TOLERANCE,
                        kernel / (file.time().isKnown() ? TIMED_DIVISOR : UNTIMED_DIVISOR));
        if (kernel - counted > tolerance) {
            add(faults, DumpFault.COUNT_MISMATCH,
                    "%s in use, but the kernel counted %d; up to %d fewer would be normal".formatted(
                            Counted.of(counted, "row is of a socket", "rows are of sockets"), kernel, tolerance));
        }
    }

    private void add(List<Fault> faults, DumpFault kind, String why) {
        faults.add(new Fault(kind, file.path(), why));
    }
}
