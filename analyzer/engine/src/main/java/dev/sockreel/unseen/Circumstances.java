package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.SocketCounts;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a snapshot was taken, as the rules ask for it. */
record Circumstances(Snapshot snapshot) {
    private static final Pattern FAMILIES = Pattern.compile("--families[ =](\\S+)");

    boolean isImport() {
        return snapshot.host().get(HostEvidence.IMPORT_FORMAT) != null;
    }

    /** ss-dump, proc-net, …; empty for a live recording. */
    String importFormat() {
        String format = snapshot.host().get(HostEvidence.IMPORT_FORMAT);
        return format == null ? "" : format;
    }

    /** Everything that was taken is in the capture. */
    boolean isWhole() {
        return snapshot.isFinished() && !snapshot.damaged();
    }

    /** The recorder left families out because it was told to stop. */
    boolean wasStopped() {
        return snapshot.notes().stream().anyMatch(n -> n.kind() == RecorderNote.Kind.NOT_ASKED && n.dump() < 0);
    }

    /** What {@code --families} was given; null for the default. */
    @Nullable
    String familiesAskedFor() {
        String words = snapshot.host().get(HostEvidence.RECORD_OPTIONS);
        Matcher m = FAMILIES.matcher(words == null ? "" : words);
        return m.find() ? m.group(1) : null;
    }

    /** Value of the recorder's note on that module's handler; 0 for none. */
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

    /** The old request lists both families of tcp. */
    private static boolean lists(Dump dump, String family) {
        return dump.family().equals(family) || (dump.family().equals("tcp") && DiagModule.kind(family).equals("tcp"));
    }

    @Nullable
    ProcFile textOf(String family, int netns) {
        return snapshot.procFiles().stream()
                .filter(f -> f.errno() == 0 && f.netns() == netns && family.equals(ProcNet.family(f.path())))
                .findFirst()
                .orElse(null);
    }

    /** Sockets in a text. */
    long rows(ProcFile text) {
        ByteOrder order = snapshot.header().order();
        return ProcNet.count(text.path(), text.text(), order == null ? ByteOrder.LITTLE_ENDIAN : order);
    }

    /** Of the kernel's own count; empty when it is not in the capture. */
    OptionalLong inUse(String family, int netns) {
        return SocketCounts.inUse(snapshot, netns, family);
    }
}
