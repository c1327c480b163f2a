package dev.sockreel.cli.files;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.cli.printing.Prose;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.wording.Counted;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the {@link CaptureInfo} of a file as text for people. */
final class InfoText {
    static void print(CaptureInfo info, ShownTimes times, PrintWriter out) {
        List<String[]> facts = new ArrayList<>();
        facts.add(row("file", info.file().toString()));
        String host = info.host().get(HostEvidence.HOSTNAME);
        facts.add(row("host", (host == null ? "unknown" : host) + kernel(info)));
        facts.add(row("boot", info.host().get(HostEvidence.BOOT_ID)));
        facts.add(row("byte order", order(info.header().order()) + basis(info)));
        facts.add(row("written by", info.header().writer()));
        facts.add(row("imported", imported(info)));
        facts.add(row("namespaces", info.namespaces().stream()
                .map(InfoText::namespace)
                .collect(Collectors.joining(", "))));
        facts.add(row("snapshots", info.snapshots() + span(info)));
        facts.add(row("local time", times.span(info.first().realtimeNs(), info.last().realtimeNs())));
        facts.add(row("sockets",
                info.listed() == null ? null : info.listed().sockets() + " in snapshot " + info.listed().snapshot()));
        facts.add(row("owners", owners(info.owners())));
        facts.add(row("closed sockets", closed(info.closed())));
        facts.add(row("size", "%d bytes; %d bytes of records, %s".formatted(
                info.fileBytes(), info.uncompressedBytes(), ratio(info))));
        facts.add(row("end", ending(info)));
        facts.removeIf(r -> r[1].isEmpty());
        TextTable.print(null, facts, c -> false, out);
        out.println();
        families(info, out);
        tables(info, out);
        counters(info, out);
        unseen(info, out);
        notes(info, out);
        out.println();
    }

    private static String[] row(String name, @Nullable String value) {
        return new String[] {name, value == null ? "" : Terminal.printable(value)};
    }

    private static String kernel(CaptureInfo info) {
        String release = info.host().get(HostEvidence.KERNEL_RELEASE);
        String machine = info.host().get(HostEvidence.MACHINE);
        return (release == null ? "" : ", Linux " + release) + (machine == null ? "" : " " + machine);
    }

    private static String imported(CaptureInfo info) {
        String format = info.host().get(HostEvidence.IMPORT_FORMAT);
        return format == null ? "" : "from " + info.host().get(HostEvidence.IMPORTED_FROM) + " (" + format + ")";
    }

    private static String namespace(NetworkNamespace n) {
        return n.inode() == 0 ? "unknown" : n.inode() + (n.name().isEmpty() ? "" : " (" + n.name() + ")");
    }

    static String order(@Nullable ByteOrder order) {
        return order == null ? "unknown" : order == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
    }

    /** Returns the basis of an import's byte order in parentheses; empty where the source's own bytes show it. */
    private static String basis(CaptureInfo info) {
        String basis = info.host().get(HostEvidence.BYTE_ORDER_BASIS);
        return basis == null ? ""
                : basis.equals(HostEvidence.GIVEN) ? " (given with --byte-order)" : " (" + basis + ")";
    }

    private static String span(CaptureInfo info) {
        String first = Rfc3339.of(info.first().realtimeNs());
        String last = Rfc3339.of(info.last().realtimeNs());
        return first == null ? ", times unknown" : ", " + first + " to " + last;
    }

    private static String owners(OwnerLookUps owners) {
        if (owners.lookUps() == 0) {
            return "";
        }
        String lookedUp = "looked up in " + owners.lookUps() + " of "
                + Counted.of(owners.lookUps() + owners.carried(), "snapshot");
        return owners.maxAgeNs() == 0 ? lookedUp
                : lookedUp + String.format(Locale.ROOT, "; those of the others are up to %.1f s old",
                        owners.maxAgeSeconds());
    }

    private static String closed(ClosedCount closed) {
        return closed.sockets() == 0 ? ""
                : closed.sockets() + " destroyed between snapshots"
                        + (closed.withUnread() == 0 ? ", nothing unread"
                                : ", " + closed.withUnread() + " of them with " + closed.discarded()
                                        + " bytes unread in all (an unread EOF counts 1)");
    }

    private static void counters(CaptureInfo info, PrintWriter out) {
        Map<Integer, String> places = new HashMap<>();
        if (info.namespaces().size() > 1) {
            info.namespaces().forEach(n -> places.put(n.netns(), " of namespace " + namespace(n)));
        }
        info.grown().forEach((netns, grown) -> {
            String place = places.getOrDefault(netns, "");
            out.println();
            out.println(Terminal.printable("counters" + place + " that grew:"));
            Prose.print(out, "  ", grown.entrySet().stream()
                    .map(c -> c.getKey() + " +" + c.getValue())
                    .collect(Collectors.joining(", ")));
        });
    }

    private static String ratio(CaptureInfo info) {
        return info.compressedBytes() == 0
                ? "none"
                : String.format(Locale.ROOT, "compressed %.1f times",
                        info.uncompressedBytes() / (double) info.compressedBytes());
    }

    static String ending(CaptureInfo info) {
        String end = switch (info.ending()) {
            case CLOSED -> "closed";
            case NOT_CLOSED -> "not closed: still being recorded, or killed";
            case CUT -> "cut off";
        };
        int damaged = info.damages().size();
        return end + (damaged == 0 ? ", undamaged" : ", damaged in " + Counted.of(damaged, "place"));
    }

    private static void families(CaptureInfo info, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        info.families().forEach((id, f) -> rows.add(new String[] {
            id,
            f.isUnavailable() ? "?" : Integer.toString(f.sockets()),
            Long.toString(f.bytes()),
            verdicts(f),
            Terminal.sentence(f.fault())
        }));
        if (!rows.isEmpty()) {
            TextTable.print(List.of("FAMILY", "SOCKETS", "BYTES", "DUMPS", "WHY"), rows, c -> c == 1 || c == 2, out);
        }
    }

    private static void tables(CaptureInfo info, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        info.tables().forEach((path, t) -> rows.add(new String[] {
            Terminal.printable(path), Integer.toString(t.sockets()), Long.toString(t.bytes()), t.verdict().id(),
            Terminal.sentence(t.fault())
        }));
        if (!rows.isEmpty()) {
            if (!info.families().isEmpty()) {
                out.println();
            }
            TextTable.print(List.of("TABLE", "SOCKETS", "BYTES", "VERDICT", "WHY"), rows, c -> c == 1 || c == 2, out);
        }
    }

    static String verdicts(CaptureInfo.FamilyInfo f) {
        return f.verdicts().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().id())
                .collect(Collectors.joining(", "));
    }

    private static void unseen(CaptureInfo info, PrintWriter out) {
        if (!info.unseen().isEmpty()) {
            out.println();
            out.println("not shown by this capture:");
            info.unseen().forEach(t -> Prose.print(out, "  ", Terminal.sentence(t.last().advice())
                    + (t.snapshots() == info.snapshots() ? "" : " (" + t.snapshots() + " of " + info.snapshots()
                            + " snapshots)")));
        }
    }

    private static void notes(CaptureInfo info, PrintWriter out) {
        if (!info.reported().isEmpty()) {
            out.println();
            out.println("reported by the import:");
            info.reported().forEach(sentence -> Prose.print(out, "  ", Terminal.sentence(sentence)));
        }
        if (!info.notes().isEmpty()) {
            out.println();
            out.println("notes of the recorder:");
            info.notes().forEach((text, count) -> Prose.print(out, "  ",
                    Terminal.sentence(text) + (count > 1 ? " (" + count + " times)" : "")));
        }
        if (info.unknownRecords() > 0) {
            out.println(Counted.of(
                    info.unknownRecords(), "record of an unknown type was", "records of unknown types were")
                    + " skipped; a newer sockreel may know more types");
        }
    }

    private InfoText() {}
}
