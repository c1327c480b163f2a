package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.SsText.Why;
import dev.sockreel.fixtures.Attributes;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares ss, reading from a file, with sockreel on random TCP sockets: rates, times, percentages, congestion
 * controls, kernel TLS, subflows and options take any value that their field can hold.
 */
class SsRandomTest {
    private static final Path SS = Path.of("/usr/bin/ss");
    private static final int SOCKETS = 1500;
    private static final int[] TCP_INFO_BYTES = {104, 144, 192, 232, 240, 248, 280};
    /** The offset of tcpi_ecn_mode; ss prints nothing from there on. */
    private static final int BIT_FIELDS_FROM = 276;
    private static final String[] ALGORITHMS = {"cubic", "bbr", "dctcp", "vegas", "reno"};

    @TempDir
    private Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void ssAndSockreelReadTheSame() throws IOException {
        assumeTrue(Files.isExecutable(SS), "there is no /usr/bin/ss here");
        assumeTrue(ByteOrder.nativeOrder() == LITTLE_ENDIAN, "ss reads files of its own byte order alone");
        System.out.println("seed " + seed);
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < SOCKETS; i++) {
            dump.add(socket(i));
        }
        Path file = folder.resolve("random.D");
        Files.write(file, dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).toBytes());
        Path reel = folder.resolve("random.reel");
        // random bytes may look like a part of a key, which would be zeroed
        CommandRun.of(file, "import", "-o", reel.toString(), "--keep-secrets").exits(0);
        for (List<String> options : List.of(
                List.of("-tanieomH"), List.of("-taieomH"),
                List.of("-tanieomOH", "--tos", "--inet-sockopt", "--cgroup"))) {
            List<String> args = new ArrayList<>(List.of(SS.toString()));
            args.addAll(options);
            ProcessBuilder ss = new ProcessBuilder(args).redirectError(ProcessBuilder.Redirect.DISCARD);
            ss.environment().put("TCPDIAG_FILE", file.toString());
            Process process = ss.start();
            process.getOutputStream().close();
            byte[] theirs = process.getInputStream().readAllBytes();
            String ours = CommandRun.of(reel, "ss", options.toArray(String[]::new)).exits(0).out();
            new SsText(Why.OLDER_SS).assertSame("seed " + seed + ", " + options, theirs, ours, SOCKETS);
        }
    }

    /** Returns a random number, more often a small one, and 0 in a third of all cases. */
    private long number(int bits) {
        return random.nextInt(3) == 0 ? 0 : random.nextLong() >>> (63 - random.nextInt(bits));
    }

    private InetDiagMsgBuilder socket(int i) {
        int state = 1 + random.nextInt(11);
        int timer = random.nextInt(5);
        // TIME-WAIT, SYN-RECV and closed FIN-WAIT-2 have neither queues nor owner
        boolean mini = state == Uapi.TCP_TIME_WAIT || state == Uapi.TCP_SYN_RECV
                || (state == Uapi.TCP_FIN_WAIT2 && timer == 3);
        int length = TCP_INFO_BYTES[random.nextInt(TCP_INFO_BYTES.length)];
        InetDiagMsgBuilder socket = InetDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1))
                .state(state).timer(timer).retrans(random.nextInt(256)).expiresMs(number(24))
                .local("127.0.0." + random.nextInt(256), random.nextInt(65536))
                .remote("10.1.2.3", random.nextInt(65536))
                .cookie(i + 1).inode(mini ? 0 : 1 + number(31)).uid(mini ? 0 : number(31))
                .queues(mini ? 0 : number(31), mini ? 0 : number(31));
        if (random.nextInt(5) > 0) {
            socket.info(info(length));
        }
        return socket.attributes(this::attributes);
    }

    /** Builds a random tcp_info; fields that ss prints as signed numbers stay below 2^31. */
    private TcpInfoBuilder info(int length) {
        TcpInfoBuilder info = TcpInfoBuilder.ofLength(length);
        for (String field : TcpInfoBuilder.fields()) {
            if (TcpInfoBuilder.offsetOf(field) < Math.min(length, BIT_FIELDS_FROM)) {
                info.set(field, value(field));
            }
        }
        return info;
    }

    private long value(String field) {
        return switch (field) {
            case "tcpi_delivery_rate_app_limited" -> random.nextInt(2);
            case "tcpi_fastopen_client_fail" -> random.nextInt(4);
            case "tcpi_options" -> random.nextInt(64);
            case "tcpi_pacing_rate", "tcpi_max_pacing_rate" -> random.nextInt(8) == 0 ? -1 : number(63);
            case "tcpi_min_rtt" -> random.nextInt(8) == 0 ? 0xffffffffL : number(31);
            case "tcpi_delivery_rate", "tcpi_bytes_acked", "tcpi_bytes_received", "tcpi_bytes_sent",
                    "tcpi_bytes_retrans" ->
                number(64);
            case "tcpi_busy_time", "tcpi_rwnd_limited", "tcpi_sndbuf_limited" -> number(50);
            case "tcpi_rto" -> random.nextInt(4) == 0 ? 3_000_000 : number(31);
            case "tcpi_reordering" -> random.nextBoolean() ? 3 : number(31);
            case "tcpi_total_rto", "tcpi_total_rto_recoveries" -> random.nextInt(65536);
            default -> TcpInfoBuilder.offsetOf(field) < 8 ? random.nextInt(16) : number(31);
        };
    }

    private void attributes(Attributes a) {
        int algorithm = random.nextInt(ALGORITHMS.length);
        a.text(Uapi.INET_DIAG_CONG, ALGORITHMS[algorithm]);
        switch (ALGORITHMS[algorithm]) {
            case "bbr" -> a.u32(Uapi.INET_DIAG_BBRINFO, number(32), number(20), number(31), number(16), number(16));
            case "vegas" -> a.u32(Uapi.INET_DIAG_VEGASINFO, random.nextInt(2), number(31),
                    random.nextInt(4) == 0 ? 0x7fffffff : number(31), number(31));
            case "dctcp" -> a.bytes(Uapi.INET_DIAG_DCTCPINFO, ByteBuffer.allocate(16).order(LITTLE_ENDIAN)
                    .putShort((short) random.nextInt(2)).putShort((short) random.nextInt(3))
                    .putInt((int) number(31)).putInt((int) number(31)).putInt((int) number(31)).array());
            default -> {}
        }
        if (random.nextBoolean()) {
            a.u32(Uapi.INET_DIAG_SKMEMINFO, random.longs(7 + random.nextInt(3), 0, 1L << 32).toArray());
        } else if (random.nextBoolean()) {
            a.u32(Uapi.INET_DIAG_MEMINFO, number(32), number(32), number(32), number(32));
        }
        if (random.nextBoolean()) {
            a.u8(Uapi.INET_DIAG_SHUTDOWN, random.nextInt(4)).u32(Uapi.INET_DIAG_MARK, number(32));
        }
        if (random.nextBoolean()) {
            a.u8(Uapi.INET_DIAG_TOS, (int) number(8)).u8(Uapi.INET_DIAG_TCLASS, (int) number(8));
            a.u32(Uapi.INET_DIAG_CLASS_ID, number(32));
            a.bytes(Uapi.INET_DIAG_SOCKOPT, new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(8)});
        }
        if (random.nextInt(4) == 0) {
            ulp(a);
        }
    }

    private void ulp(Attributes a) {
        boolean tls = random.nextBoolean();
        a.nested(Uapi.INET_DIAG_ULP_INFO, u -> {
            u.text(1, tls ? "tls" : "mptcp");
            if (tls) {
                u.nested(2, t -> t.u16(1, 0x0303 + random.nextInt(3)).u16(2, 51 + random.nextInt(3))
                        .u16(3, 1 + random.nextInt(5)).u16(4, 1 + random.nextInt(5)));
            } else {
                u.nested(3, m -> m.u32(1, number(32)).u32(2, number(32)).u64(4, number(63)).u32(5, number(32))
                        .u32(6, number(32)).u16(7, (int) number(16)).u32(8, number(9)).u8(9, (int) number(8))
                        .u8(10, (int) number(8)));
            }
        });
    }
}
