package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.fuzz.Seeds;
import java.util.List;

/** Records by captures/FORMAT.md, with odd values in any field, from constants of its own. */
record RecordGrammar(Odd odd) {
    private static final long BEGUN_NS = 1_800_000_000_000_000_000L;

    private Wire time(Wire out, int snapshot) {
        return out.time(odd.big(BEGUN_NS + snapshot * 1_000_000_000L), odd.big(snapshot * 1_000_000_000L));
    }

    byte[] captureHeader(int part) {
        Wire body = new Wire().i64(odd.big(1)).i64(odd.big(9)).i32(odd.number(part));
        return record(1, time(body, 0).u8(odd.number(1)).text(odd.text("sockreel 1")));
    }

    byte[] hostEvidence(int pairs) {
        List<String> names = List.of("boot-id", "hostname", "kernel-release", "machine", "pointer-bits", "interval-ns",
                "capabilities-effective", "clock-ticks-per-second", "boot-time-s", "record-options", "import-report");
        Wire body = new Wire().i32(odd.number(pairs));
        for (int i = 0; i < pairs; i++) {
            body.text(odd.text(i < names.size() ? names.get(i) : "fact-" + i)).text(odd.text(String.valueOf(100 + i)));
        }
        return record(2, body);
    }

    byte[] namespace(int number, int interfaces) {
        Wire body = new Wire().i32(odd.number(number)).i64(odd.big(4_026_531_840L + number)).i64(odd.big(1 + number))
                .text(odd.text(number == 0 ? "" : "ns" + number)).i32(odd.number(interfaces));
        for (int i = 0; i < interfaces; i++) {
            body.i32(odd.number(1 + i)).text(odd.text("eth" + i));
        }
        return record(3, body);
    }

    byte[] snapshotBegin(int snapshot) {
        return record(4, time(new Wire().i32(odd.number(snapshot)), snapshot));
    }

    byte[] dumpBegin(int dump, int snapshot, int namespace, String family) {
        Wire body = new Wire().i32(odd.number(dump)).i32(odd.number(snapshot)).i32(odd.number(namespace))
                .text(odd.text(family)).u8(odd.number(0)).u8(odd.number(1)).u16(odd.number(15)).i32(odd.number(32768));
        byte[] request = MessageGrammar.FAMILIES.contains(family) ? Seeds.request(family) : new byte[0];
        return record(5, time(body, snapshot).sized(odd.bytes(request)).i64(odd.big(-1)));
    }

    byte[] datagram(int dump, int number, int snapshot, byte[] bytes) {
        Wire body = new Wire().i32(odd.number(dump)).i32(odd.number(number)).i32(odd.number(0)).i32(odd.number(0))
                .i32(odd.number(bytes.length)).i32(odd.number(0));
        return record(6, time(body, snapshot).raw(bytes));
    }

    byte[] dumpEnd(int dump, int snapshot, int datagrams) {
        Wire body = new Wire().i32(odd.number(dump)).i32(odd.number(1)).i32(odd.number(0)).i32(odd.number(datagrams))
                .text(odd.text(""));
        return record(7, time(body, snapshot));
    }

    byte[] procText(int snapshot, int namespace, String path, int part, boolean last, byte[] text) {
        Wire body = new Wire().i32(odd.number(snapshot)).i32(odd.number(namespace)).text(odd.text(path))
                .u8(odd.number(odd.random().nextInt(3))).u8(odd.number(last ? 1 : 0)).i32(odd.number(0))
                .i32(odd.number(part));
        return record(8, time(body, snapshot).raw(text));
    }

    byte[] owners(int snapshot, int part, boolean last, int processes, int descriptors) {
        Wire body = new Wire().i32(odd.number(snapshot)).u8(odd.number(1)).u8(odd.number(last ? 1 : 0))
                .i32(odd.number(part));
        time(time(body, snapshot), snapshot).i32(odd.number(processes)).i32(odd.number(0)).i32(odd.number(0))
                .i32(odd.number(processes));
        for (int p = 0; p < processes; p++) {
            body.i32(odd.number(100 + p)).sized(odd.textBytes("proc" + p))
                    .sized(odd.textBytes((100 + p) + " (proc) S 1 2 3")).sized(odd.textBytes("/system.slice/x.service"))
                    .i32(odd.number(descriptors));
            for (int d = 0; d < descriptors; d++) {
                body.i32(odd.number(3 + d)).i64(odd.big(1000 + (p * 31L + d) % 500));
            }
        }
        return record(9, body);
    }

    byte[] note(int snapshot, int dump) {
        Wire body = new Wire().i32(odd.number(snapshot)).i32(odd.number(dump))
                .i32(odd.number(1 + odd.random().nextInt(14))).i64(odd.big(5));
        return record(10, time(body, snapshot).text(odd.text("a note, of tcp_diag: loaded x, y")));
    }

    byte[] snapshotEnd(int snapshot, int dumps) {
        return record(11, time(new Wire().i32(odd.number(snapshot)).i32(odd.number(dumps)), snapshot));
    }

    byte[] close(int snapshots) {
        return record(12, time(new Wire().i32(odd.number(snapshots)), snapshots));
    }

    byte[] processes(int snapshot, int count) {
        Wire body = time(new Wire().i32(odd.number(snapshot)), snapshot).i32(odd.number(count));
        for (int p = 0; p < count; p++) {
            body.i32(odd.number(100 + p)).i64(odd.big(5000 + p)).i32(odd.number(0)).text(odd.text("root"))
                    .i32(odd.number(0)).sized(odd.textBytes("/bin/proc\0-x\0")).sized(odd.textBytes("0::/x.service\n"))
                    .i64(odd.big(4_026_531_840L)).i32(odd.number(62));
        }
        return record(13, body);
    }

    byte[] threads(int snapshot, int count, int each) {
        Wire body = time(new Wire().i32(odd.number(snapshot)), snapshot).i32(odd.number(0)).i32(odd.number(count));
        for (int p = 0; p < count; p++) {
            body.i32(odd.number(100 + p)).i32(odd.number(0)).i32(odd.number(each));
            for (int t = 0; t < each; t++) {
                body.i32(odd.number(100 + p + t)).u8(odd.number('S')).i32(odd.number(t % 50)).i32(odd.number(3 + t))
                        .i32(odd.number(0)).text(odd.text("sk_wait_data"));
            }
        }
        return record(14, body);
    }

    byte[] closedSockets(int snapshot, int namespace, int number, byte[] message) {
        Wire body = new Wire().i32(odd.number(snapshot)).i32(odd.number(namespace)).i32(odd.number(number))
                .i32(odd.number(0));
        return record(15, time(body, snapshot).raw(message));
    }

    byte[] hostNamespaces(int snapshot, int count) {
        Wire body = time(new Wire().i32(odd.number(snapshot)), snapshot).i32(odd.number(0)).i32(odd.number(count));
        for (int i = 0; i < count; i++) {
            body.i64(odd.big(4_026_531_840L + i)).i32(odd.number(2)).text(odd.text("ns" + i)).i32(odd.number(100 + i))
                    .text(odd.text("init"));
        }
        return record(16, body);
    }

    byte[] unknown() {
        return record(odd.number(17), new Wire().raw(odd.textBytes("a later version")));
    }

    /** Returns the text of a table of /proc/net with rows built from numbers alone. */
    static byte[] table(int rows) {
        StringBuilder text = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when"
                + " retrnsmt   uid  timeout inode ref pointer drops\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format("%4d: 0100007F:%04X 00000000:0000 07 00000000:%08X 00:00000000 00000000     0"
                    + "        0 %d 2 0000000000000000 0\n", i, i & 0xffff, i % 3, 1000 + i));
        }
        return text.toString().getBytes(UTF_8);
    }

    private byte[] record(int type, Wire body) {
        byte[] bytes = odd.bytes(body.bytes());
        byte[] part = ReelParts.record(odd.isOdd() ? odd.random().nextInt(20) : type, bytes);
        if (odd.isOdd()) {
            part[0] = ReelParts.BAD_RECORD;
        }
        return part;
    }
}
