package dev.sockreel.snapshot;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.process.HostRecords;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.wording.PrintableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a capture holds of one moment.
 *
 * @param id         identity in all copies of the capture
 * @param end        null when the capture ends before the snapshot does
 * @param namespaces by the number under which dumps refer to them
 * @param dumps      in the order of the source
 * @param owners     of the last complete scan up to here
 * @param records    what it holds beside
 * @param damaged    whether a part of the file within it is damaged
 */
public record Snapshot(
        CaptureHeader header,
        HostEvidence host,
        SnapshotId id,
        ReceiveTime begin,
        @Nullable ReceiveTime end,
        Map<Integer, NetworkNamespace> namespaces,
        List<Dump> dumps,
        OwnerTable owners,
        List<ProcFile> procFiles,
        List<RecorderNote> notes,
        HostRecords records,
        boolean damaged) {

    /** Returns its number, from 0 in the recording. */
    public int index() {
        return id.number();
    }

    /** Returns whether the snapshot's end is in the capture. */
    public boolean isFinished() {
        return end != null;
    }

    /** Returns this snapshot with its dumps and texts of /proc judged. */
    public Snapshot judged(List<Dump> dumps, List<ProcFile> procFiles) {
        return new Snapshot(header, host, id, begin, end, namespaces, dumps, owners, procFiles, notes, records,
                damaged);
    }

    /** Returns this snapshot as one of the boot with this id, for sources that do not name their boot. */
    public Snapshot ofBoot(String bootId) {
        Map<String, String> facts = new LinkedHashMap<>(host.facts());
        facts.put(HostEvidence.BOOT_ID, bootId);
        return new Snapshot(
                header, new HostEvidence(facts), id, begin, end, namespaces, dumps, owners, procFiles, notes,
                records, damaged);
    }

    /**
     * Returns boot_id, or the capture's own id where it is not known, since nothing shows that another capture is of
     * the same boot.
     */
    public String boot() {
        String bootId = host.get(HostEvidence.BOOT_ID);
        return bootId == null ? header.captureId().toString() : bootId;
    }

    /**
     * Returns what identifies a namespace across snapshots of one boot: SO_NETNS_COOKIE; where it is not known the
     * inode, which the kernel reuses; else the namespace's number in the file.
     */
    long netnsIdentity(int netnsNumber) {
        long cookie = netnsCookie(netnsNumber);
        long inode = netnsInode(netnsNumber);
        return cookie != 0 ? cookie : inode != 0 ? inode : netnsNumber;
    }

    /** Returns the namespace's inode, 0 when not known. */
    public long netnsInode(int netnsNumber) {
        NetworkNamespace netns = namespaces.get(netnsNumber);
        return netns == null ? 0 : netns.inode();
    }

    /**
     * Returns the printable name of a namespace under /run/netns, or its path; null for none, as of the recorder's own.
     */
    @Nullable
    String netnsName(int netnsNumber) {
        NetworkNamespace netns = namespaces.get(netnsNumber);
        if (netns == null) {
            return null;
        }
        return Stream.concat(Stream.of(netns.name()), records.namespaces().stream()
                .flatMap(n -> n.namespaces().stream())
                .filter(n -> n.inode() == netns.inode() && n.inode() != 0)
                .map(HostNamespaces.Namespace::name))
                .filter(name -> !name.isEmpty())
                .map(PrintableName::of)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns who holds a socket. A socket without an inode (0) has no descriptor, so nobody holds it, whatever the
     * scan saw.
     *
     * @return null when it was not recorded
     */
    @Nullable
    List<Owner> ownersOf(long inode) {
        if (inode > 0) {
            return owners.of(inode, index());
        }
        return inode == 0 && owners.isRecorded() ? List.of() : null;
    }

    /**
     * Decodes the sockets that the kernel announced as destroyed since the snapshot before, in that order; empty also
     * where that was not recorded.
     */
    public List<ClosedSocket> closedSockets() {
        return records.closed().isEmpty() ? List.of() : ClosedSocketWalk.of(this);
    }

    /** Returns SO_NETNS_COOKIE, 0 when not known. */
    public long netnsCookie(int netnsNumber) {
        NetworkNamespace netns = namespaces.get(netnsNumber);
        return netns == null ? 0 : netns.cookie();
    }

    /**
     * Returns the printable name of a network device in the dump's namespace; null when the capture does not have it.
     */
    public @Nullable String interfaceName(int netnsNumber, int ifindex) {
        NetworkNamespace netns = namespaces.get(netnsNumber);
        if (netns == null) {
            return null;
        }
        return netns.interfaces().stream()
                .filter(i -> i.ifindex() == ifindex)
                .map(i -> PrintableName.of(i.name()))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether this text of /proc/net is all that the snapshot has of its sockets. */
    public boolean standsIn(ProcFile text) {
        return ProcSockets.standsIn(this, text);
    }

    /** Returns the text of /proc/net that stands in for this dump; null for none. */
    public @Nullable ProcFile textInsteadOf(Dump dump) {
        return procFiles.stream()
                .filter(f -> f.errno() == 0 && f.netns() == dump.begin().netns())
                .filter(f -> dump.family().equals(ProcNet.family(f.path())) && ProcSockets.standsIn(this, f))
                .findFirst()
                .orElse(null);
    }

    public @Nullable ProcFile procFile(String path) {
        return procFiles.stream().filter(p -> p.path().equals(path)).findFirst().orElse(null);
    }
}
