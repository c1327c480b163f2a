package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.nlmsg.SecretMask;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.SecretSearch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String KEY = "a-key-nobody-may-find";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @Live
    void keysNeverReachTheDiskUnlessAskedFor() throws Exception {
        assumeTrue(NetNamespace.isAvailable() && NativePrograms.isAvailable(), "needs root, ip netns and cc");
        try (NetNamespace netns = NetNamespace.create();
                SocketMaker sockets = SocketMaker.start(netns, "--md5", "2", "--md5-key", KEY)) {
            assertTrue(sockets.ready().startsWith("ready"));
            RecordOptions options = RecordOptions.to(folder.resolve("masked.reel"))
                    .withCount(2).withInterval(java.time.Duration.ofMillis(10))
                    .withNamespaces(List.of(netns.name())).withFamilies(FamilyChoice.of("tcp"));
            RecordSummary summary = Recorder.run(options, new StopSignal(), line -> {});
            Recorded masked = Recorded.read(options.file());
            assertFalse(masked.holds(KEY));
            assertTrue(summary.maskedBytes() >= KEY.length());
            assertTrue(masked.all(Datagram.class).stream().anyMatch(d -> (d.marks() & Datagram.MASKED) != 0));
            assertEquals(2, masked.all(RecorderNote.class).stream()
                    .filter(n -> n.kind() == RecorderNote.Kind.SECRETS_MASKED).count(), "one a dump that held any");

            RecordOptions keeping = RecordOptions.to(folder.resolve("kept.reel"))
                    .withCount(1).withKeepSecrets(true)
                    .withNamespaces(List.of(netns.name())).withFamilies(FamilyChoice.of("tcp"));
            Recorder.run(keeping, new StopSignal(), line -> {});
            Recorded kept = Recorded.read(keeping.file());
            assertTrue(kept.holds(KEY));
            assertTrue(kept.all(Datagram.class).stream().allMatch(d -> d.marks() == 0));
        }
    }

    /** The quick search may send too much to the mask, but never too little, whatever the damage. */
    @Test
    void theSearchFindsWhateverTheMaskWouldMask() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SecretSearch search = new SecretSearch();
        int masked = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = datagram(random);
            ByteBuffer nio = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder()).put(0, bytes);
            ByteBuf copy = Unpooled.wrappedBuffer(bytes.clone());
            if (new SecretMask(copy).mask(copy, bytes.length, ByteOrder.nativeOrder()) > 0) {
                masked++;
                assertTrue(search.mayHold(nio, bytes.length, true), "seed " + seed + ", run " + run);
            }
        }
        assertTrue(masked > 1000, "only " + masked + " of the datagrams held a secret");
    }

    private static byte[] datagram(Random random) {
        byte[] key = new byte[100];
        Arrays.fill(key, (byte) 'k');
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            boolean secret = random.nextInt(3) == 0;
            out.writeBytes(InetDiagMsgBuilder.in(ByteOrder.nativeOrder()).attributes(a -> {
                a.bytes(4, "cubic\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                if (secret) {
                    a.bytes(18, key);
                }
                a.bytes(8, new byte[1]);
            }).toBytes());
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return Arrays.copyOf(bytes, random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length);
    }

    @Test
    void anOrdinaryDatagramIsNotSentToTheMask() {
        byte[] bytes =
                InetDiagMsgBuilder.in(ByteOrder.nativeOrder()).attributes(a -> a.bytes(8, new byte[1])).toBytes();
        ByteBuffer nio = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        assertFalse(new SecretSearch().mayHold(nio, bytes.length, true));
    }

    /** tcp_info grows with every kernel; a longer one alone must not take the slow way. */
    @Test
    void aLongTcpInfoIsNotLookedAtAgain() {
        for (int info = 192; info <= 512; info += 8) {
            byte[] key = new byte[100];
            Arrays.fill(key, (byte) 1);
            byte[] plain = longInfo(info).attributes(a -> a.text(Uapi.INET_DIAG_CONG, "cubic")).toBytes();
            byte[] keyed = longInfo(info)
                    .attributes(a -> a.text(Uapi.INET_DIAG_CONG, "cubic").bytes(Uapi.INET_DIAG_MD5SIG, key)).toBytes();
            assertEquals(info % 100 == 0, mayHold(plain), "a tcp_info of " + info + " bytes");
            assertTrue(mayHold(keyed), "keys behind a tcp_info of " + info + " bytes");
        }
        assertTrue(mayHold(longInfo(296).toBytes()), "in doubt");
    }

    private static boolean mayHold(byte[] datagram) {
        return new SecretSearch().mayHold(ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder()), datagram.length,
                true);
    }

    private static InetDiagMsgBuilder longInfo(int bytes) {
        return InetDiagMsgBuilder.in(ByteOrder.nativeOrder()).cookie(1).inode(7)
                .attributes(a -> a.bytes(Uapi.INET_DIAG_INFO, new byte[bytes]));
    }
}
