package dev.sockreel.snapshot;

import dev.sockreel.capture.CaptureHeader;
import dev.sockreel.capture.HostEvidence;
import dev.sockreel.capture.NetworkNamespace;
import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.capture.RecorderNote;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a capture holds of one moment.
 *
 * @param index      from 0 in the recording
 * @param end        null when the capture ends before the snapshot does
 * @param namespaces by the number that dumps name
 * @param dumps      in the order of the source
 * @param owners     of the last whole scan up to here
 * @param damaged    a part of the file within it is damaged
 */
public record Snapshot(
        CaptureHeader header,
        HostEvidence host,
        int index,
        ReceiveTime begin,
        @Nullable ReceiveTime end,
        Map<Integer, NetworkNamespace> namespaces,
        List<Dump> dumps,
        OwnerTable owners,
        List<ProcFile> procFiles,
        List<RecorderNote> notes,
        boolean damaged) {

    /** Its end is in the capture. */
    public boolean isFinished() {
        return end != null;
    }

    /** 0 when not known. */
    public long netnsInode(Dump dump) {
        NetworkNamespace netns = namespaces.get(dump.begin().netns());
        return netns == null ? 0 : netns.inode();
    }

    /** SO_NETNS_COOKIE, 0 when not known. */
    public long netnsCookie(Dump dump) {
        NetworkNamespace netns = namespaces.get(dump.begin().netns());
        return netns == null ? 0 : netns.cookie();
    }

    /** The name of a device as it was in the dump's namespace, null when the capture does not hold it. */
    public @Nullable String interfaceName(Dump dump, int ifindex) {
        NetworkNamespace netns = namespaces.get(dump.begin().netns());
        if (netns == null) {
            return null;
        }
        return netns.interfaces().stream()
                .filter(i -> i.ifindex() == ifindex)
                .map(NetworkNamespace.Interface::name)
                .findFirst()
                .orElse(null);
    }

    public @Nullable ProcFile procFile(String path) {
        return procFiles.stream().filter(p -> p.path().equals(path)).findFirst().orElse(null);
    }
}
