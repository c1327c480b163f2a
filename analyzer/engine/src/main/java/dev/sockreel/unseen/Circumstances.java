package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.SocketCounts;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The facts about how a snapshot was taken that the rules need. */
record Circumstances(Snapshot snapshot) {
    private static final Pattern FAMILIES = Pattern.compile("--families[ =](\\S+)");

    boolean isImport() {
        return snapshot.host().get(HostEvidence.IMPORT_FORMAT) != null;
    }

    /** Returns ss-dump, proc-net, …; empty for a live recording. */
    String importFormat() {
        String format = snapshot.host().get(HostEvidence.IMPORT_FORMAT);
        return format == null ? "" : format;
    }

    /** Returns whether everything that was recorded is in the capture. */
    boolean isWhole() {
        return snapshot.isFinished() && !snapshot.damaged();
    }

    /** Returns whether the recorder left families out because it was stopped. */
    boolean wasStopped() {
        return snapshot.notes().stream().anyMatch(n -> n.kind() == RecorderNote.Kind.NOT_ASKED && n.dump() < 0);
    }

    /** Returns the value of {@code --families}; null for the default. */
    @Nullable
    String familiesAskedFor() {
        String words = snapshot.host().get(HostEvidence.RECORD_OPTIONS);
        Matcher m = FAMILIES.matcher(words == null ? "" : words);
        return m.find() ? m.group(1) : null;
    }

    /** Returns the value of the recorder's note on that module's handler; 0 for none. */
    long handler(String module) {
        return snapshot.notes().stream()
                .filter(n -> n.kind() == RecorderNote.Kind.HANDLER && n.text().startsWith(module + ":"))
                .mapToLong(RecorderNote::value)
                .findFirst()
                .orElse(0);
    }

    boolean hasDumpOf(String family, int netns) {
        return snapshot.dumps().stream().anyMatch(d -> d.begin().netns() == netns && lists(d, family));
    }

    /** Returns whether the dump lists the family; a dump of the old request lists both families of tcp. */
    private static boolean lists(Dump dump, String family) {
        return dump.family().equals(family) || (dump.family().equals("tcp") && Family.kindOf(family).equals("tcp"));
    }

    @Nullable
    ProcFile textOf(String family, int netns) {
        return snapshot.procFiles().stream()
                .filter(f -> f.errno() == 0 && f.text().length > 0)
                .filter(f -> f.netns() == netns && family.equals(ProcNet.family(f.path())))
                .findFirst()
                .orElse(null);
    }

    /** Returns the number of sockets in a text. */
    long rows(ProcFile text) {
        return ProcNet.count(text.path(), text.text(), snapshot.header().orderOrLittleEndian());
    }

    /** Returns the kernel's own count of sockets; empty when it is not in the capture. */
    OptionalLong inUse(String family, int netns) {
        return SocketCounts.inUse(snapshot, netns, family);
    }

    /** Returns the kernel's count of ping sockets, or empty when it is not in the capture. */
    OptionalLong pingsInUse(int netns) {
        return SocketCounts.pingsInUse(snapshot, netns);
    }
}
