package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd.Outcome;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Live
class LiveRecordingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux kernel");
    }

    private RecordOptions options() {
        return RecordOptions.to(folder.resolve("x.reel")).withInterval(Duration.ofMillis(50));
    }

    private Recorded record(RecordOptions options) throws Exception {
        Recorder.run(options, new StopSignal(), line -> {});
        return Recorded.read(options.file());
    }

    @Test
    void aQuietNamespaceIsRecordedWholeAndReadBack() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root and ip netns");
        try (NetNamespace quiet = NetNamespace.create()) {
            Recorded got = record(options().withCount(3).withNamespaces(List.of(quiet.name())));
            assertTrue(got.whole());
            assertEquals(3, got.all(SnapshotEnd.class).size());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(
                    folder.resolve("x.reel"))));
            NetworkNamespace netns = got.all(NetworkNamespace.class).getFirst();
            assertEquals(NamespaceTarget.inode(quiet.path()), netns.inode());
            assertNotEquals(NamespaceTarget.inode(Path.of("/proc/self/ns/net")), netns.inode());
            assertEquals(quiet.name(), netns.name());
            assertEquals(List.of(new NetworkNamespace.Interface(1, "lo")), netns.interfaces());
            DumpBegin tcp = got.dumps("tcp4").getFirst();
            assertEquals(Outcome.DONE, got.endOf(tcp).outcome());
            assertEquals(0, got.endOf(tcp).errno());
            assertEquals(1, got.datagramsOf(tcp).size(), "NLMSG_DONE alone");
        }
    }

    @Test
    void theHostsEvidenceStandsInTheFile() throws Exception {
        Recorded got = record(options().withCount(2).withArguments("record -o x.reel"));
        HostEvidence host = got.all(HostEvidence.class).getFirst();
        assertEquals(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
                host.get(HostEvidence.BOOT_ID));
        assertEquals(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                host.get(HostEvidence.KERNEL_RELEASE));
        assertEquals("record -o x.reel", host.get(HostEvidence.RECORD_OPTIONS));
        assertEquals(java.nio.ByteOrder.nativeOrder(), got.all(CaptureHeader.class).getFirst().order());
        for (String name : List.of("sockstat", "sockstat6", "protocols")) {
            for (ProcText.When when : List.of(ProcText.When.BEFORE_DUMPS, ProcText.When.AFTER_DUMPS)) {
                long found = got.all(ProcText.class).stream()
                        .filter(t -> t.path().equals("/proc/net/" + name) && t.when() == when)
                        .count();
                assertEquals(2, found, name + " " + when);
            }
        }
        List<ProcText> modules = got.all(ProcText.class).stream()
                .filter(t -> t.path().equals("/proc/modules")).toList();
        assertEquals(2, modules.stream().filter(t -> t.snapshot() == 0).count(), "before and after");
        assertEquals(0, modules.stream().filter(t -> t.snapshot() == 1).count(), "unchanged");
    }

    /** The missing handlers depend on the kernel: kallsyms lists them, and the kernel must agree. */
    @Test
    void aMissingHandlerCostsOneAttemptAndIsNotedInEverySnapshot() throws Exception {
        DiagHandlers known = DiagHandlers.ofThisHost();
        List<Family> missing = Family.all().stream()
                .filter(r -> known.known(r).state() == DiagHandlers.State.MISSING).toList();
        assumeTrue(!missing.isEmpty(), "every handler is here");
        Recorded got = record(options().withCount(3).withFamilies(FamilyChoice.of("all")));
        Set<Outcome> shapes = new HashSet<>();
        for (Family family : missing) {
            List<DumpEnd> ends = got.dumps(family.id()).stream().map(got::endOf).toList();
            assertEquals(3, ends.size(), family.id());
            assertEquals(Errno.ENOENT, ends.getFirst().errno(), family.id());
            shapes.add(java.util.Objects.requireNonNull(ends.getFirst().outcome()));
            assertEquals(1, got.datagramsOf(got.dumps(family.id()).getFirst()).size(), "the answer is kept");
            for (DumpEnd later : ends.subList(1, 3)) {
                assertEquals(Outcome.MISSING_BEFORE, later.outcome());
                assertEquals(Errno.ENOENT, later.errno());
            }
            assertEquals(2, got.all(RecorderNote.class).stream()
                    .filter(n -> n.kind() == RecorderNote.Kind.NOT_ASKED && n.text().startsWith(family.id() + ":"))
                    .count());
        }
        for (Family family : missing) {
            List<RecorderNote> notes = got.all(RecorderNote.class).stream()
                    .filter(n -> n.kind() == RecorderNote.Kind.HANDLER
                            && n.text().startsWith(family.module().name() + ": "))
                    .toList();
            long families = missing.stream().filter(r -> r.module().equals(family.module())).count();
            assertEquals(3 * families, notes.size(), family.id());
            assertEquals(Set.of((long) (known.known(family).fixedKernel()
                    ? RecorderNote.Kind.NOT_BUILT : RecorderNote.Kind.MISSING)),
                    notes.stream().map(RecorderNote::value).collect(Collectors.toSet()), family.id());
        }
        boolean protocol = missing.stream().anyMatch(r -> r.id().endsWith("4"));
        boolean family = missing.stream().anyMatch(r -> Set.of("vsock", "xdp", "smc", "tipc").contains(r.id()));
        assertEquals(protocol, shapes.contains(Outcome.DONE), "an inet protocol answers NLMSG_DONE");
        assertEquals(family, shapes.contains(Outcome.ERROR), "a family answers NLMSG_ERROR");
        if (missing.stream().anyMatch(r -> r.id().equals("raw4"))) {
            assertEquals(3, got.all(ProcText.class).stream()
                    .filter(t -> t.path().equals("/proc/net/raw") && t.when() == ProcText.When.INSTEAD_OF_DUMP)
                    .count());
        }
    }

    @Test
    void noModprobeAsksNothingThatIsNotLoaded() throws Exception {
        DiagHandlers known = DiagHandlers.ofThisHost();
        Recorded got = record(options().withCount(1).withFamilies(FamilyChoice.of("all")).withNoModprobe(true));
        for (Family family : Family.all()) {
            boolean loaded = known.known(family).state() == DiagHandlers.State.LOADED;
            DumpEnd end = got.endOf(got.dumps(family.id()).getFirst());
            assertEquals(loaded, end.outcome() != Outcome.NOT_LOADED, family.id());
            assertEquals(loaded, end.datagrams() > 0, family.id());
        }
    }

    /** Without the attribute for the protocol's number, this would be a dump of TCP. */
    @Test
    void mptcpIsNotTcp() throws Exception {
        assumeTrue(FamilyChoice.sockets(new ProcFiles().readNet("protocols").bytes(), List.of("MPTCP")) == 0,
                "needs a host without mptcp sockets");
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            assertTrue(listener.getLocalPort() > 0);
            Recorded got = record(options().withCount(1).withFamilies(FamilyChoice.of("tcp,mptcp")));
            assertTrue(bytes(got, "tcp4") + bytes(got, "tcp6") > 100);
            assertTrue(bytes(got, "mptcp4") <= 20, "NLMSG_DONE alone");
        }
    }

    private static int bytes(Recorded got, String family) {
        return got.datagramsOf(got.dumps(family).getFirst()).stream()
                .mapToInt(d -> d.data().readableBytes()).sum();
    }

    @Test
    void ownersHoldTheDescriptorsOfThisProcess() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            assertTrue(client.isConnected() && server.isConnected());
            Set<Long> held = inodesOfThisProcess();
            Recorded got = record(options().withCount(3).withOwners(new OwnersPolicy.First()));
            int pid = (int) ProcessHandle.current().pid();
            Set<Long> found = new HashSet<>();
            for (Owners part : got.all(Owners.class)) {
                for (Owners.Holder holder : part.processes()) {
                    if (holder.pid() == pid) {
                        assertEquals(part.whole(), part.snapshot() == 0);
                        assertTrue(new String(holder.stat(), StandardCharsets.UTF_8).startsWith(pid + " ("));
                        for (long inode : holder.inodes()) {
                            found.add(inode);
                        }
                    }
                }
            }
            assertTrue(found.containsAll(held), found + " holds " + held);
            assertEquals(2, got.all(Owners.class).stream().filter(o -> !o.whole()).count(), "refreshed twice");
            for (Owners part : got.all(Owners.class)) {
                long after = got.all(DumpEnd.class).stream().map(DumpEnd::time)
                        .mapToLong(t -> t.monotonicNs()).min().orElseThrow();
                assertTrue(part.begun().monotonicNs() > after, "scanned after the dumps");
            }
        }
    }

    private static Set<Long> inodesOfThisProcess() throws Exception {
        Set<Long> out = new HashSet<>();
        List<Path> fds = new ArrayList<>();
        try (var paths = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            paths.forEach(fds::add);
        }
        for (Path fd : fds) {
            if (Files.isSymbolicLink(fd)) {
                String link = Files.readSymbolicLink(fd).toString();
                if (link.startsWith("socket:[")) {
                    out.add(Long.parseLong(link.substring(8, link.length() - 1)));
                }
            }
        }
        assertTrue(out.size() >= 3);
        return out;
    }

    @Test
    void theTicksThatPassDuringASnapshotAreMissedAndCounted() throws Exception {
        Recorded got = record(options().withCount(3).withInterval(Duration.ofMillis(1))
                .withOwners(new OwnersPolicy.Each()));
        List<RecorderNote> missed = got.all(RecorderNote.class).stream()
                .filter(n -> n.kind() == RecorderNote.Kind.MISSED_TICKS).toList();
        assertTrue(!missed.isEmpty() && missed.getFirst().value() > 0, missed.toString());
    }

    @Test
    void rotationMakesPartsThatCanBeReadAlone() throws Exception {
        RecordOptions options = options().withCount(3).withInterval(Duration.ofMillis(1100))
                .withRotation(RecordOptions.Limit.of("1K"), null);
        RecordSummary summary = Recorder.run(options, new StopSignal(), line -> {});
        assertEquals(3, summary.files());
        List<Path> parts = parts();
        assertEquals(3, parts.size());
        for (int i = 0; i < 3; i++) {
            assertTrue(String.valueOf(parts.get(i).getFileName()).matches("x-\\d{8}T\\d{6}Z\\.reel"));
            Recorded got = Recorded.read(parts.get(i));
            assertTrue(got.whole());
            assertEquals(i, got.all(CaptureHeader.class).getFirst().part());
            assertEquals(i, got.all(SnapshotEnd.class).getFirst().snapshot());
            assertEquals(1, got.all(HostEvidence.class).size());
            assertTrue(got.all(Owners.class).getFirst().whole());
        }
    }

    @Test
    void retentionDeletesThisRecordingsOldestPartsAlone() throws Exception {
        Path stranger = Files.writeString(folder.resolve("x-20200101T000000Z.reel"), "not of this recording");
        RecordOptions options = options().withCount(3).withInterval(Duration.ofMillis(1100))
                .withRotation(RecordOptions.Limit.of("1K"), RecordOptions.Limit.of("1K"));
        Recorder.run(options, new StopSignal(), line -> {});
        List<Path> parts = parts();
        assertTrue(parts.remove(stranger));
        assertEquals(1, parts.size());
        assertEquals(2, Recorded.read(parts.getFirst()).all(CaptureHeader.class).getFirst().part());
    }

    private List<Path> parts() throws Exception {
        List<Path> out = new ArrayList<>();
        try (var paths = Files.newDirectoryStream(folder)) {
            paths.forEach(out::add);
        }
        out.sort(null);
        return out;
    }

    @Test
    void severalNamespacesInterleaveInOneFile() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root and ip netns");
        try (NetNamespace a = NetNamespace.create();
                NetNamespace b = NetNamespace.create()) {
            Recorded got = record(options().withCount(2).withNamespaces(List.of(a.name(), b.path().toString())));
            assertEquals(4, got.all(NetworkNamespace.class).size());
            assertEquals(2, got.dumps("tcp4").stream().filter(d -> d.netns() == 1).count());
            assertEquals(
                    got.all(DumpBegin.class).size(),
                    got.all(DumpBegin.class).stream().map(DumpBegin::dump).distinct().count());
            for (SnapshotEnd end : got.all(SnapshotEnd.class)) {
                assertEquals(end.dumps(), got.all(DumpBegin.class).stream()
                        .filter(d -> d.snapshot() == end.snapshot()).count());
            }
        }
    }

    @Test
    void everyDatagramIsWhole() throws Exception {
        for (Datagram d : record(options().withCount(1)).all(Datagram.class)) {
            assertEquals(d.trueLength(), d.data().readableBytes());
            assertEquals(0, d.senderPid());
            assertEquals(0, d.msgFlags() & Datagram.MSG_TRUNC);
        }
    }
}
