package dev.sockreel.campaign.files;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes bytes as broken disks, transfers and editors do: flips, cuts, splices, copies, runs of zeros. */
final class Mutation {
    private static final int[] WORDS = {0, -1, 1, 0x7fffffff, 0x80000000, 0xffff, 0x10000, 4 << 20, 16, 3};

    /**
     * Returns changed bytes.
     *
     * @param others what is spliced in comes from one of these
     * @param times  how many changes at most; at least one is made
     */
    static byte[] of(RandomGenerator random, byte[] bytes, List<byte[]> others, int times) {
        byte[] changed = bytes;
        for (int i = 1 + random.nextInt(times); i > 0; i--) {
            changed = once(random, changed, others.get(random.nextInt(others.size())));
        }
        return changed;
    }

    private static byte[] once(RandomGenerator random, byte[] in, byte[] other) {
        if (in.length == 0) {
            return Arrays.copyOf(other, Math.min(other.length, random.nextInt(64)));
        }
        int at = random.nextInt(in.length);
        int length = Math.min(in.length - at, 1 + random.nextInt(1 << random.nextInt(16)));
        byte[] out = in.clone();
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> out[at] ^= (byte) (1 << random.nextInt(8));
            case 3 -> out[at] = (byte) random.nextInt(256);
            case 4 -> word(out, at, WORDS[random.nextInt(WORDS.length)]);
            case 5 -> Arrays.fill(out, at, at + length, (byte) (random.nextInt(4) == 0 ? random.nextInt() : 0));
            case 6 -> out = Arrays.copyOf(in, at);
            case 7 -> out = joined(in, at, new byte[0], at + length);
            case 8 -> out = joined(in, at, Arrays.copyOfRange(in, at, at + length), at);
            case 9 -> out = joined(in, at, slice(random, other, length), at);
            default -> out = joined(in, at, slice(random, other, length), at + length);
        }
        return out;
    }

    private static void word(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private static byte[] slice(RandomGenerator random, byte[] of, int length) {
        int from = of.length == 0 ? 0 : random.nextInt(of.length);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + length));
    }

    private static byte[] joined(byte[] in, int end, byte[] middle, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(in, 0, end);
        out.writeBytes(middle);
        out.write(in, from, in.length - from);
        return out.toByteArray();
    }

    private Mutation() {}
}
