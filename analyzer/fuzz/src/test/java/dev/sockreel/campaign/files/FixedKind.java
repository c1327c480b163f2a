package dev.sockreel.campaign.files;

import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Real captures with changed records, headers and indexes, whose checksums are right again. */
public final class FixedKind implements Kind {
    private static final int HEAD = 1 + ReelParts.RECORD_HEADER_BYTES;

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public Material input(RandomGenerator random) {
        List<byte[]> parts =
                new ArrayList<>(ReelParts.of(Originals.REELS.get(random.nextInt(Originals.REELS.size()))));
        List<byte[]> others = ReelParts.of(Originals.REELS.get(random.nextInt(Originals.REELS.size())));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            change(random, parts, others);
        }
        return new Material(parts, ReelParts::write);
    }

    private static void change(RandomGenerator random, List<byte[]> parts, List<byte[]> others) {
        int at = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        switch (random.nextInt(9)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(other, parts.get(at));
            case 2 -> parts.add(other, parts.remove(at));
            case 3 -> parts.add(at, others.get(random.nextInt(others.size())));
            case 4 -> parts.set(at, retagged(random, parts.get(at)));
            default -> parts.set(at, changed(random, parts.get(at), others));
        }
        if (parts.isEmpty()) {
            parts.add(others.getFirst());
        }
    }

    private static byte[] retagged(RandomGenerator random, byte[] part) {
        byte[] other = part.clone();
        other[0] = switch (part[0]) {
            case ReelParts.HEADER -> random.nextBoolean() ? ReelParts.LYING_HEADER : ReelParts.JUNK;
            case ReelParts.INDEX -> ReelParts.LYING_INDEX;
            default -> ReelParts.BAD_RECORD;
        };
        return other;
    }

    /** Changes a record's body and makes its length right, or changes all of a header or index. */
    private static byte[] changed(RandomGenerator random, byte[] part, List<byte[]> others) {
        byte[] content = java.util.Arrays.copyOfRange(part, 1, part.length);
        if (part[0] != ReelParts.RECORD || part.length <= HEAD || random.nextInt(20) == 0) {
            return ReelParts.tagged(part[0], Mutation.of(random, content, List.of(content), 3));
        }
        byte[] body = java.util.Arrays.copyOfRange(part, HEAD, part.length);
        byte[] other = others.get(random.nextInt(others.size()));
        int type = ReelParts.little(content).getShort(4);
        return ReelParts.record(type, Mutation.of(random, body, List.of(body, other), 4));
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        new ReelCheck(trial, material.write(trial.folder())).run();
    }
}
