package dev.sockreel.source.procnet;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.input.Inputs;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.source.sink.SourceStream;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Imports copies of /proc/net/{tcp,udp,unix,…}: a folder with them, an unpacked support bundle that has them at any
 * depth, or a tar archive of either (sosreport), compressed or not. The result is one snapshot of one host, without
 * times. The source is read twice, so that nothing of it is kept in memory or on disk.
 */
public final class ProcNetImport implements Importer {
    private static final int TAR_HEAD_BYTES = 512;
    private static final int MAX_FOLDERS_NAMED = 3;

    @Override
    public String format() {
        return "proc-net";
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        if (!Inputs.isFolder(path)) {
            return Inputs.current().isFile(path) && isTar(path);
        }
        ProcNetSearch search = new ProcNetSearch();
        new FolderTree(path).walk(search);
        return !search.folders().isEmpty() || !search.notTables().isEmpty()
                || !search.emptyTables().isEmpty();
    }

    private static boolean isTar(Path path) throws IOException {
        try (InputStream in = SourceStream.open(path)) {
            return TarTree.begins(in.readNBytes(TAR_HEAD_BYTES));
        }
    }

    private static FileTree tree(Path path) throws IOException {
        if (Inputs.isFolder(path)) {
            return new FolderTree(path);
        }
        if (!Inputs.current().isFile(path)) {
            throw new SourceException(
                    path + " is a pipe or a device, but an archive is read twice: store it in a file");
        }
        if (!isTar(path)) {
            throw new SourceException(path + " is neither a folder nor a tar archive");
        }
        return new TarTree(path);
    }

    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        FileTree tree = tree(path);
        ProcNetSearch search = new ProcNetSearch();
        tree.walk(search);
        List<String> archiveDamages = tree.damages();
        ProcNetPlace place = choose(path, search);
        List<String> messages = new ArrayList<>();
        messages.add(
                "/proc/net has no cookies, unix queues or backlog limits, and a copy of it has no time; these values"
                        + " stay unknown");
        messages.add("a copy of /proc/net" + Importer.HAS_NO_CHECKSUMS);
        Map<String, String> facts = search.factsOf(place);
        String doubt = sink.beginUnstated(order(place, facts), format(), path, facts);
        if (!doubt.isEmpty() && place.files().keySet().stream().anyMatch(ProcNet::hasAddresses)) {
            messages.add(doubt);
        }
        sink.snapshot(ReceiveTime.NONE);
        Remarks damages = new Remarks();
        search.notTables().forEach(damages::add);
        copy(tree, place, new ProcCopy(sink, damages));
        addMessages(search, place, facts, messages);
        if (tree.unreadableFolders() > 0) {
            messages.add(Counted.of(tree.unreadableFolders(), "folder") + " could not be read");
        }
        List<String> allDamages = new ArrayList<>(archiveDamages);
        allDamages.addAll(damages.all());
        return sink.finish(ReceiveTime.NONE, messages, allDamages);
    }

    /** Chooses the host's tables. Fails when there are several hosts: a capture is of one. */
    private static ProcNetPlace choose(Path path, ProcNetSearch search) throws SourceException {
        List<ProcNetPlace> best = search.folders().isEmpty() ? List.of() : search.best();
        if (best.isEmpty()) {
            throw new SourceException(path + " has no copy of a table of /proc/net (tcp, udp, unix, …)"
                    + Stream.concat(search.notTables().stream(), search.emptyTables().stream()).limit(1)
                            .map(s -> ": " + s)
                            .collect(Collectors.joining()));
        }
        return best.stream()
                .filter(p -> best.stream().allMatch(p::isRootOf))
                .filter(p -> best.size() == 1 || best.stream().filter(q -> q.root().equals(p.root())).count() == 1)
                .findFirst()
                .orElseThrow(
                        () -> new SourceException(path + " has tables of /proc/net of several hosts or namespaces ("
                                + named(best.stream().map(ProcNetPlace::folder).toList())
                                + "): unpack it and import one of these folders"));
    }

    private static String named(List<String> folders) {
        String some = folders.stream().limit(MAX_FOLDERS_NAMED).collect(Collectors.joining(", "));
        return folders.size() <= MAX_FOLDERS_NAMED
                ? some : some + " and " + (folders.size() - MAX_FOLDERS_NAMED) + " more";
    }

    /**
     * Copies the chosen tables in a second pass. If an archive has a path twice, the later entry counts, as for tar
     * itself.
     */
    private static void copy(FileTree tree, ProcNetPlace place, ProcCopy out) throws IOException {
        tree.walk(new Copy(place, out));
    }

    private static final class Copy implements FileTree.Visitor {
        private final ProcNetPlace place;
        private final ProcCopy out;
        private final String prefix;
        /** Files of each name that are still to come; the last one is copied. */
        private final Map<String, Integer> left;

        Copy(ProcNetPlace place, ProcCopy out) {
            this.place = place;
            this.out = out;
            this.prefix = place.folder().isEmpty() ? "" : place.folder() + "/";
            this.left = new HashMap<>(place.files());
        }

        @Override
        public void file(String path, FileTree.Content content) throws IOException {
            String name = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
            if (!place.files().containsKey(name)) {
                return;
            }
            if (left.merge(name, -1, Integer::sum) == 0) {
                left.remove(name);
                try (InputStream in = content.open()) {
                    out.write(in, path, name, ReceiveTime.NONE);
                }
            }
        }

        @Override
        public boolean isDone() {
            return left.isEmpty();
        }
    }

    private static void addMessages(
            ProcNetSearch search, ProcNetPlace place, Map<String, String> facts, List<String> messages) {
        List<String> others = search.folders().stream().filter(f -> !f.equals(place.folder())).toList();
        if (!others.isEmpty()) {
            messages.add((place.folder().isEmpty() ? "the folder's own tables are" : place.folder() + " is")
                    + " imported; the tables in " + named(others) + " are left out");
        }
        search.emptyTables().stream().limit(MAX_FOLDERS_NAMED).forEach(messages::add);
        List<String> missing = ProcNet.tables().stream().filter(t -> !place.files().containsKey(t)).toList();
        if (!missing.isEmpty()) {
            messages.add("not in the source: " + String.join(", ", missing)
                    + "; it is not known whether there are such sockets");
        }
        if (!facts.containsKey(HostEvidence.KERNEL_RELEASE)) {
            messages.add("the source does not name its kernel (proc/sys/kernel/osrelease, proc/version, uname)");
        }
    }

    /** Returns the byte order that loopback addresses or the machine's name show; null for none. */
    private static @Nullable ByteOrder order(ProcNetPlace place, Map<String, String> facts) {
        ByteOrder order = place.order().order();
        return order != null ? order : HostFactFiles.order(facts.get(HostEvidence.MACHINE));
    }
}
