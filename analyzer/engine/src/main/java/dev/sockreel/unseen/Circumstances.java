package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketSum;
import dev.sockreel.verdict.SocketCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The facts about how a snapshot was taken that the rules need. */
final class Circumstances {
    private static final Pattern FAMILIES = Pattern.compile("--families[ =](\\S+)");

    private final Snapshot snapshot;
    private final SocketSum unowned;
    private final SocketCounts counts;
    /** The value of the first note on each module's handler. */
    private final Map<String, Long> handlers = new HashMap<>();
    private final Map<Integer, Set<String>> listed = new HashMap<>();
    private final Map<Integer, Map<String, ProcFile>> texts = new HashMap<>();
    private final IdentityHashMap<ProcFile, Long> rows = new IdentityHashMap<>();

    /** @param unowned counts sockets without known owners, over all snapshots of a run */
    Circumstances(Snapshot snapshot, SocketSum unowned) {
        this.snapshot = snapshot;
        this.unowned = unowned;
        this.counts = new SocketCounts(snapshot);
        for (RecorderNote n : snapshot.notes()) {
            int colon = n.text().indexOf(':');
            if (n.kind() == RecorderNote.Kind.HANDLER && colon >= 0) {
                handlers.putIfAbsent(n.text().substring(0, colon), n.value());
            }
        }
        for (Dump d : snapshot.dumps()) {
            listed.computeIfAbsent(d.begin().netns(), n -> new HashSet<>()).add(d.family());
        }
        for (ProcFile f : snapshot.procFiles()) {
            String family = f.errno() == 0 && f.text().length > 0 ? ProcNet.family(f.path()) : null;
            if (family != null) {
                texts.computeIfAbsent(f.netns(), n -> new HashMap<>()).putIfAbsent(family, f);
            }
        }
    }

    Snapshot snapshot() {
        return snapshot;
    }

    SocketSum unowned() {
        return unowned;
    }

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
        return handlers.getOrDefault(module, 0L);
    }

    /** Returns whether a dump lists the family; one of the old request lists both families of tcp. */
    boolean hasDumpOf(String family, int netns) {
        Set<String> here = listed.getOrDefault(netns, Set.of());
        return here.contains(family) || (here.contains("tcp") && Family.kindOf(family).equals("tcp"));
    }

    @Nullable
    ProcFile textOf(String family, int netns) {
        return texts.getOrDefault(netns, Map.of()).get(family);
    }

    /** Returns the number of sockets in a text. */
    long rows(ProcFile text) {
        return rows.computeIfAbsent(text, t -> (long) ProcNet.count(
                t.path(), t.text(), snapshot.header().orderOrLittleEndian()));
    }

    /** Returns the kernel's own count of sockets; empty when it is not in the capture. */
    OptionalLong inUse(String family, int netns) {
        return counts.inUse(netns, family);
    }

    /** Returns the kernel's count of ping sockets, or empty when it is not in the capture. */
    OptionalLong pingsInUse(int netns) {
        return counts.pingsInUse(netns);
    }
}
