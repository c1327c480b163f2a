package dev.sockreel.campaign.files;

import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Captures by a grammar of the format: right framing and checksums, and odd values in any field, count, order and
 * limit. Every fourth file has one thing in large numbers.
 */
public final class CraftedKind implements Kind {
    /** One thing of a snapshot each that a file may have many of. */
    private enum Many {
        NONE,
        SOCKETS,
        DUMPS,
        NAMESPACES,
        NAMESPACE_DUMPS,
        INTERFACES,
        ICONS,
        SAME_TUPLE,
        DATAGRAMS,
        PROC_PARTS,
        TABLE_ROWS,
        OWNERS,
        DESCRIPTORS,
        PROCESSES,
        THREADS,
        NOTES,
        CLOSED,
        HOST_NAMESPACES,
        UNKNOWN,
        BAD_RECORDS,
        SNAPSHOTS,
        FACTS,
        EMPTY_SNAPSHOTS
    }

    private static final long FILE_ID = 9;

    @Override
    public String name() {
        return "crafted";
    }

    @Override
    public Material input(RandomGenerator random) {
        boolean isHeavy = random.nextInt(4) == 0;
        Many many = isHeavy ? Many.values()[random.nextInt(Many.values().length)] : Many.NONE;
        int count = isHeavy ? 500 << random.nextInt(4) : 0;
        Odd odd = new Odd(random, isHeavy ? random.nextInt(2) : random.nextInt(5) * random.nextInt(30));
        List<byte[]> parts = new ArrayList<>();
        for (int i = random.nextInt(12) == 0 ? 2 : 1; i > 0; i--) {
            new File(odd, many, count, parts).write();
        }
        return new Material(parts, ReelParts::write);
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        new ReelCheck(trial, material.write(trial.folder())).run();
    }

    /** One capture of the file. */
    private static final class File {
        private final Odd odd;
        private final RecordGrammar records;
        private final MessageGrammar messages;
        private final Many many;
        private final int count;
        private final List<byte[]> parts;
        private final List<byte[]> entries = new ArrayList<>();
        private int group;
        private int dump;

        File(Odd odd, Many many, int count, List<byte[]> parts) {
            this.odd = odd;
            this.records = new RecordGrammar(odd);
            this.messages = new MessageGrammar(odd);
            this.many = many;
            this.count = count;
            this.parts = parts;
        }

        private int count(Many of, int ordinary) {
            return many == of ? count : ordinary;
        }

        void write() {
            int snapshots = count(Many.SNAPSHOTS, count(Many.EMPTY_SNAPSHOTS, 1 + odd.random().nextInt(4)));
            header(0, -1);
            add(records.captureHeader(0));
            add(records.hostEvidence(count(Many.FACTS, 8)));
            for (int s = 0; s < snapshots; s++) {
                if (!odd.isOdd()) {
                    header(0, s);
                }
                snapshot(s);
            }
            if (!odd.isOdd()) {
                header(1, snapshots - 1);
                add(records.close(snapshots));
            }
            if (!odd.isOdd()) {
                index();
            }
        }

        private void header(int flags, int firstSnapshot) {
            long time = odd.big(1_800_000_000_000_000_000L + group);
            byte[] header = ReelParts.header(odd.number(flags), odd.number(group), odd.number(firstSnapshot), time,
                    odd.big(FILE_ID));
            parts.add(odd.isOdd() ? ReelParts.tagged(ReelParts.LYING_HEADER, odd.bytes(content(header))) : header);
            entries.add(new Wire().i64(0).i32(odd.number(group)).i32(odd.number(firstSnapshot)).i64(odd.big(time))
                    .i32(odd.number(0)).bytes());
            group++;
        }

        private static byte[] content(byte[] part) {
            return java.util.Arrays.copyOfRange(part, 1, part.length);
        }

        private void index() {
            Wire index = new Wire().i32(0x184D2A5B).i32(0)
                    .raw("SOCKRIDX".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .u16(odd.number(1)).u16(0).i32(odd.number(entries.size()));
            entries.forEach(e -> index.raw(odd.bytes(e)));
            byte[] all = index.i64(odd.big(FILE_ID)).i32(0).i64(odd.big(0)).bytes();
            parts.add(ReelParts.tagged(odd.isOdd() ? ReelParts.LYING_INDEX : ReelParts.INDEX, all));
        }

        private void add(byte[] record) {
            if (odd.isOdd()) {
                return;
            }
            parts.add(record);
            if (odd.isOdd()) {
                parts.add(record);
            }
        }

        private void snapshot(int s) {
            int dumpsBefore = dump;
            boolean isMany = s < 2 || many == Many.SNAPSHOTS;
            add(records.snapshotBegin(s));
            if (many != Many.EMPTY_SNAPSHOTS && isMany) {
                namespaces(s);
                texts(s);
                holders(s);
                rest(s);
            }
            add(records.snapshotEnd(s, dump - dumpsBefore));
        }

        private void namespaces(int s) {
            int namespaces = count(Many.NAMESPACES, count(Many.NAMESPACE_DUMPS, 1 + odd.random().nextInt(2)));
            for (int n = 0; n < namespaces; n++) {
                add(records.namespace(n, n == 0 ? count(Many.INTERFACES, 2) : 1));
                int dumps = n == 0 ? count(Many.DUMPS, many == Many.SNAPSHOTS ? 1 : 3)
                        : many == Many.NAMESPACE_DUMPS ? 1 : 0;
                for (int d = 0; d < dumps; d++) {
                    List<String> families = MessageGrammar.FAMILIES;
                    dump(s, n, families.get(odd.random().nextInt(families.size())), odd.random().nextInt(4));
                }
            }
            switch (many) {
                case SOCKETS -> dump(s, 0, "tcp4", count);
                case ICONS -> icons(s);
                case SAME_TUPLE -> sameTuple(s);
                default -> {}
            }
        }

        private void dump(int s, int namespace, String family, int sockets) {
            dump(s, namespace, family, messages.dump(family, sockets));
        }

        private void dump(int s, int namespace, String family, List<byte[]> datagrams) {
            int d = dump++;
            add(records.dumpBegin(d, s, namespace, family.equals("tcp_getsock") ? "tcp" : family));
            int n = 0;
            for (byte[] datagram : datagrams) {
                add(records.datagram(d, n++, s, datagram));
            }
            for (; n < count(Many.DATAGRAMS, 0); n++) {
                add(records.datagram(d, n, s, messages.unix(n, "", 0)));
            }
            add(records.dumpEnd(d, s, n));
        }

        private void icons(int s) {
            List<byte[]> datagrams = new ArrayList<>();
            for (int i = 0; i < count; i += 100) {
                Wire all = new Wire();
                for (int j = 0; j < 100; j++) {
                    all.raw(messages.unix(10 + 2 * (i + j), "/run/same", odd.random().nextBoolean() ? 4 : 0));
                }
                datagrams.add(all.bytes());
            }
            dump(s, 0, "unix", datagrams);
        }

        /** Many sockets of the loopback with few different ends, whose other ends have to be found. */
        private void sameTuple(int s) {
            List<byte[]> datagrams = new ArrayList<>();
            int ports = 1 << odd.random().nextInt(12);
            for (int i = 0; i < count; i += 50) {
                Wire all = new Wire();
                for (int j = i; j < i + 50; j++) {
                    all.raw(messages.tcp(10 + j, j % ports, j % 2 == 0 ? 80 : j % ports));
                }
                datagrams.add(all.bytes());
            }
            dump(s, 0, "tcp4", datagrams);
        }

        private void texts(int s) {
            List<String> paths = List.of("/proc/net/sockstat", "/proc/net/udp", "/proc/net/raw", "/proc/net/protocols",
                    "/proc/net/netstat", "/proc/net/snmp");
            for (int i = 0; i < 2; i++) {
                String path = paths.get(odd.random().nextInt(paths.size()));
                add(records.procText(s, 0, path, 0, true, odd.textBytes("TCP: inuse 5 orphan 0\n")));
            }
            add(records.procText(s, 0, "/proc/net/udp", 0, true, RecordGrammar.table(count(Many.TABLE_ROWS, 3))));
            for (int i = 0; i < count(Many.PROC_PARTS, 0); i++) {
                add(records.procText(s, 0, "/proc/net/raw", i, false, RecordGrammar.table(i == 0 ? 1 : 0)));
            }
        }

        private void holders(int s) {
            int owners = count(Many.OWNERS, 3);
            add(records.owners(s, 0, true, owners, count(Many.DESCRIPTORS, 4)));
            add(records.processes(s, count(Many.PROCESSES, 3)));
            add(records.threads(s, 2, count(Many.THREADS, 2)));
        }

        private void rest(int s) {
            for (int i = 0; i < count(Many.NOTES, 1); i++) {
                add(records.note(s, odd.random().nextInt(1 + dump)));
            }
            for (int i = 0; i < count(Many.CLOSED, 1); i++) {
                add(records.closedSockets(s, 0, i, messages.tcp(1000 + i, i, 80)));
            }
            add(records.hostNamespaces(s, count(Many.HOST_NAMESPACES, 2)));
            for (int i = 0; i < count(Many.UNKNOWN, 0); i++) {
                add(records.unknown());
            }
            for (int i = 0; i < count(Many.BAD_RECORDS, 0); i++) {
                byte[] record = records.note(s, 0);
                record[0] = i % 2 == 0 ? ReelParts.BAD_RECORD : ReelParts.RECORD;
                add(record);
            }
        }
    }
}
