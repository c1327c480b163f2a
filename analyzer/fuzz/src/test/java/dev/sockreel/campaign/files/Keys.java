package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.ReelFile;
import dev.sockreel.fixtures.Uapi;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** TCP-MD5 keys that must not be found in what an import writes. */
final class Keys {
    /** The text in each key; changes to the bytes around it leave it as it is. */
    static final String KEY = "S3cretMd5Key";
    private static final int KEY_BYTES = 80;

    /** Returns a tcp socket with one or two keys (struct tcp_diag_md5sig), often long ones. */
    static byte[] message(RandomGenerator random) {
        Wire keys = new Wire();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            byte[] text = KEY.repeat(1 + random.nextInt(KEY_BYTES / KEY.length())).getBytes(US_ASCII);
            keys.u8(2).u8(32).u16(text.length).i32(0x0100007f).i32(0).i32(0).i32(0)
                    .raw(java.util.Arrays.copyOf(text, KEY_BYTES));
        }
        return InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN).family(Uapi.AF_INET).state(1).local("127.0.0.1", 179)
                .remote("127.0.0.1", 40_000).cookie(77).inode(78)
                .attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, keys.bytes())).toBytes();
    }

    /** Returns how many records of a whole capture have a key in them. */
    static long count(List<ReelFile.Entry> entries) {
        return entries.stream().filter(e -> new String(e.body(), StandardCharsets.ISO_8859_1).contains(KEY)).count();
    }

    private Keys() {}
}
