package dev.sockreel.export;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace.Interface;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import dev.sockreel.pcap.DumpKnowledge;
import dev.sockreel.pcap.ReelComment;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Comments of the packets of a pcapng; {@code ExportedPackets} reads them back. */
final class PcapngComments {
    /** Limit of all copies of /proc of one snapshot, bytes: Wireshark reads all comments of a packet at once. */
    private static final int MAX_TEXT_BYTES = 1 << 20;
    /** Limit of one comment's body, bytes; as UTF-8 it may take twice that. */
    private static final int MAX_PART_BYTES = 30_000;
    private static final int MAX_INTERFACES_A_COMMENT = 1000;

    static List<String> host(Snapshot snapshot) {
        ReelComment host = new ReelComment("host");
        snapshot.host().facts().forEach(host::put);
        return List.of(host.toString());
    }

    /** Returns the interface's name, for Wireshark. */
    static String interfaceName(Snapshot snapshot, int number) {
        NetworkNamespace netns = snapshot.namespaces().get(number);
        String name = netns == null ? "" : netns.name();
        return name.isEmpty() ? "netns" + number : "netns" + number + " " + name;
    }

    static String interfaceDescription(Snapshot snapshot, int number) {
        long inode = snapshot.netnsInode(number);
        return "sock_diag of a network namespace" + (inode == 0 ? "" : ", inode " + inode);
    }

    static List<String> namespace(Snapshot snapshot, int number) {
        NetworkNamespace netns = snapshot.namespaces().get(number);
        List<String> comments = new ArrayList<>();
        ReelComment comment = new ReelComment("namespace").put("number", number)
                .put("inode", netns == null ? 0 : netns.inode())
                .put("cookie", netns == null ? 0 : netns.cookie())
                .put("name", netns == null ? "" : netns.name());
        List<Interface> interfaces = netns == null ? List.of() : netns.interfaces();
        for (int i = 0; i < interfaces.size(); i++) {
            if (i > 0 && i % MAX_INTERFACES_A_COMMENT == 0) {
                comments.add(comment.toString());
                comment = new ReelComment("namespace").put("number", number);
            }
            comment.put("interface " + interfaces.get(i).ifindex(), interfaces.get(i).name());
        }
        comments.add(comment.toString());
        return comments;
    }

    /** Returns the comments that stand before the snapshot's first dump. */
    static List<String> snapshot(Snapshot snapshot) {
        List<String> comments = new ArrayList<>();
        ReelComment begin = new ReelComment("snapshot").put("number", snapshot.index());
        begin.put("began", snapshot.begin());
        if (snapshot.end() != null) {
            begin.put("ended", snapshot.end());
        }
        comments.add(begin.toString());
        List<ProcFile> texts = new ArrayList<>(snapshot.procFiles());
        texts.sort(Comparator.comparingInt(f -> isCount(f) ? 0 : snapshot.standsIn(f) ? 1 : 2));
        long bytes = 0;
        int leftOut = 0;
        for (ProcFile text : texts) {
            bytes += text.text().length;
            if (bytes <= MAX_TEXT_BYTES) {
                comments.addAll(text(text));
            } else {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            begin.put("left-out", leftOut + " copies of /proc for their size");
            comments.set(0, begin.toString());
        }
        return comments;
    }

    /** Returns true for the kernel's own counts, which dumps are compared with. */
    private static boolean isCount(ProcFile file) {
        return file.path().endsWith("/protocols") || file.path().endsWith("/sockstat")
                || file.path().endsWith("/sockstat6");
    }

    private static List<String> text(ProcFile file) {
        List<String> parts = new ArrayList<>();
        String text = new String(file.text(), StandardCharsets.ISO_8859_1);
        int from = 0;
        do {
            int to = Math.min(text.length(), from + MAX_PART_BYTES);
            ReelComment comment = new ReelComment("text").put("path", file.path()).put("namespace", file.netns())
                    .put("errno", file.errno()).put("part", parts.size())
                    .put("last", to == text.length() && file.whole());
            if (file.when() != null) {
                comment.put("when", file.when());
            }
            comment.put("read", file.time());
            parts.add(comment.withBody(text.substring(from, to)).toString());
            from = to;
        } while (from < text.length());
        return parts;
    }

    /** @param asked its request is the packet that this stands on */
    static ReelComment dump(Dump dump, boolean asked) {
        DumpBegin begin = dump.begin();
        ReelComment comment = new ReelComment("dump")
                .put("number", begin.dump())
                .put("family", begin.family())
                .put("verdict", dump.verdict().id())
                .put("sockets", dump.sockets())
                .put("datagrams", dump.datagrams().size())
                .put("origin", begin.origin() == null ? "unknown" : begin.origin().id())
                .put("knows", DumpKnowledge.words(begin.knows()))
                .put("buffer-bytes", begin.bufferBytes());
        comment.put("asked", begin.time());
        if (asked) {
            comment.put("request", "this packet");
        } else if (begin.request().length > 0) {
            comment.put("request-not-sent", HexFormat.of().formatHex(begin.request()));
        } else {
            comment.put("request", "unknown");
        }
        DumpEnd end = dump.end();
        if (end != null && end.outcome() != null) {
            comment.put("outcome", end.outcome());
            comment.put("errno", end.errno());
            comment.put("operation", end.operation());
            comment.put("ended", end.time());
        }
        for (Fault fault : dump.faults()) {
            comment.fields().putIfAbsent("fault " + fault.kind().id(), fault.where() + ": " + fault.why());
        }
        return comment;
    }

    static ReelComment datagram(Dump dump, Datagram d) {
        ReelComment comment = new ReelComment("datagram").put("dump", dump.begin().dump()).put("number", d.number());
        if (d.msgFlags() != 0) {
            comment.put("msg-flags", "0x" + Integer.toHexString(d.msgFlags()));
        }
        if (d.senderPid() != 0) {
            comment.put("sender", d.senderPid());
        }
        if ((d.marks() & Datagram.MASKED) != 0) {
            comment.put("masked", "secret bytes were zeroed");
        }
        return comment;
    }

    private PcapngComments() {}
}
