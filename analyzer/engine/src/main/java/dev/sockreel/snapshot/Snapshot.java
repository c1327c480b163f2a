package dev.sockreel.snapshot;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.AnsweredFamilies;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.process.HostRecords;
import dev.sockreel.process.RecorderSockets;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.PrintableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a capture holds of one moment. Does not change; tables for looking things up are made when they are
 * first asked for.
 */
public final class Snapshot {
    private final CaptureHeader header;
    private final HostEvidence host;
    private final SnapshotId id;
    private final ReceiveTime begin;
    private final @Nullable ReceiveTime end;
    private final Map<Integer, NetworkNamespace> namespaces;
    private final List<Dump> dumps;
    private final OwnerTable owners;
    private final List<ProcFile> procFiles;
    private final List<RecorderNote> notes;
    private final HostRecords records;
    private final boolean damaged;
    private final Map<Integer, Map<Integer, String>> interfaceNames = new HashMap<>();
    private @Nullable Map<Long, String> hostNames;
    private @Nullable AnsweredFamilies answered;
    private @Nullable RecorderSockets recorderSockets;
    private @Nullable Map<Integer, Map<String, List<ProcFile>>> textsByPath;
    private @Nullable Map<Integer, Map<String, ProcFile>> textsInstead;

    /**
     * Creates a snapshot.
     *
     * @param id         identity in all copies of the capture
     * @param end        null when the capture ends before the snapshot does
     * @param namespaces by the number under which dumps refer to them
     * @param dumps      in the order of the source
     * @param owners     of the last complete scan up to here
     * @param records    what it holds beside
     * @param damaged    whether a part of the file within it is damaged
     */
    public Snapshot(
            CaptureHeader header, HostEvidence host, SnapshotId id, ReceiveTime begin, @Nullable ReceiveTime end,
            Map<Integer, NetworkNamespace> namespaces, List<Dump> dumps, OwnerTable owners, List<ProcFile> procFiles,
            List<RecorderNote> notes, HostRecords records, boolean damaged) {
        this.header = header;
        this.host = host;
        this.id = id;
        this.begin = begin;
        this.end = end;
        this.namespaces = namespaces;
        this.dumps = dumps;
        this.owners = owners;
        this.procFiles = procFiles;
        this.notes = notes;
        this.records = records;
        this.damaged = damaged;
    }

    /** Returns the header of its capture. */
    public CaptureHeader header() {
        return header;
    }

    /** Returns the facts about its host. */
    public HostEvidence host() {
        return host;
    }

    /** Returns its identity, the same in all copies of the capture. */
    public SnapshotId id() {
        return id;
    }

    /** Returns the time before its first request. */
    public ReceiveTime begin() {
        return begin;
    }

    /** Returns its end, null when the capture ends before the snapshot does. */
    public @Nullable ReceiveTime end() {
        return end;
    }

    /** Returns the namespaces by the number under which dumps refer to them. */
    public Map<Integer, NetworkNamespace> namespaces() {
        return namespaces;
    }

    /** Returns the dumps, in the order of the source. */
    public List<Dump> dumps() {
        return dumps;
    }

    /** Returns the owners of the last complete scan up to here. */
    public OwnerTable owners() {
        return owners;
    }

    /** Returns the texts under /proc, in the order of the source. */
    public List<ProcFile> procFiles() {
        return procFiles;
    }

    /** Returns the recorder's notes. */
    public List<RecorderNote> notes() {
        return notes;
    }

    /** Returns what it holds beside. */
    public HostRecords records() {
        return records;
    }

    /** Returns whether a part of the file within it is damaged. */
    public boolean damaged() {
        return damaged;
    }

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
    public @Nullable String netnsName(int netnsNumber) {
        NetworkNamespace netns = namespaces.get(netnsNumber);
        if (netns == null) {
            return null;
        }
        String name = netns.name().isEmpty() ? hostNames().get(netns.inode()) : netns.name();
        return name == null ? null : PrintableName.of(name);
    }

    /** Returns the names under /run/netns by inode. */
    private Map<Long, String> hostNames() {
        Map<Long, String> names = hostNames;
        if (names == null) {
            names = new HashMap<>();
            for (HostNamespaces listing : records.namespaces()) {
                for (HostNamespaces.Namespace n : listing.namespaces()) {
                    if (n.inode() != 0 && !n.name().isEmpty()) {
                        names.putIfAbsent(n.inode(), n.name());
                    }
                }
            }
            hostNames = names;
        }
        return names;
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
     * Returns whether the recorder opened this socket itself; false where the capture does not tell. It asks by netlink
     * alone, so that no capture can hide another socket from findings.
     */
    boolean isRecorders(int netnsNumber, Socket socket) {
        if (records.own().isEmpty() || socket.family() != Family.AF_NETLINK) {
            return false;
        }
        RecorderSockets own = recorderSockets;
        if (own == null) {
            own = new RecorderSockets(records.own());
            recorderSockets = own;
        }
        return own.has(netnsNumber, socket.inode(), socket.cookie());
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
        String name = interfaceNames.computeIfAbsent(netnsNumber, this::interfaceNames).get(ifindex);
        return name == null ? null : PrintableName.of(name);
    }

    private Map<Integer, String> interfaceNames(int netnsNumber) {
        Map<Integer, String> names = new HashMap<>();
        NetworkNamespace netns = namespaces.get(netnsNumber);
        if (netns != null) {
            netns.interfaces().forEach(i -> names.putIfAbsent(i.ifindex(), i.name()));
        }
        return names;
    }

    /** Returns the families for which the kernel answered. */
    AnsweredFamilies answered() {
        AnsweredFamilies all = answered;
        if (all == null) {
            all = new AnsweredFamilies(dumps);
            answered = all;
        }
        return all;
    }

    /** Returns whether this text of /proc/net is all that the snapshot has of its sockets. */
    public boolean standsIn(ProcFile text) {
        return ProcSockets.standsIn(this, text);
    }

    /** Returns the text of /proc/net that stands in for this dump; null for none. */
    public @Nullable ProcFile textInsteadOf(Dump dump) {
        return textsInstead().getOrDefault(dump.begin().netns(), Map.of()).get(dump.family());
    }

    private Map<Integer, Map<String, ProcFile>> textsInstead() {
        Map<Integer, Map<String, ProcFile>> all = textsInstead;
        if (all == null) {
            all = new HashMap<>();
            for (ProcFile f : procFiles) {
                String family = f.errno() == 0 ? ProcNet.family(f.path()) : null;
                if (family != null && standsIn(f)) {
                    all.computeIfAbsent(f.netns(), n -> new HashMap<>()).putIfAbsent(family, f);
                }
            }
            textsInstead = all;
        }
        return all;
    }

    /** Returns the texts of a path in one namespace, in the order of the source. */
    public List<ProcFile> texts(int netnsNumber, String path) {
        Map<Integer, Map<String, List<ProcFile>>> all = textsByPath;
        if (all == null) {
            all = new HashMap<>();
            for (ProcFile f : procFiles) {
                all.computeIfAbsent(f.netns(), n -> new HashMap<>())
                        .computeIfAbsent(f.path(), p -> new ArrayList<>(1)).add(f);
            }
            textsByPath = all;
        }
        return all.getOrDefault(netnsNumber, Map.of()).getOrDefault(path, List.of());
    }

    public @Nullable ProcFile procFile(String path) {
        return procFiles.stream().filter(p -> p.path().equals(path)).findFirst().orElse(null);
    }
}
