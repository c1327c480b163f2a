package dev.sockreel.campaign.files;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Real captures with flipped bits, cuts, splices, copies and runs of zeros, whose checksums no longer fit. */
public final class RawKind implements Kind {
    private static final int PART_BYTES = 256;

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public Material input(RandomGenerator random) {
        byte[] original = Originals.UNMERGED.get(random.nextInt(Originals.UNMERGED.size()));
        byte[] changed = Mutation.of(random, original, Originals.UNMERGED, 6);
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < changed.length; at += PART_BYTES) {
            parts.add(Arrays.copyOfRange(changed, at, Math.min(changed.length, at + PART_BYTES)));
        }
        return Material.file("input.reel", parts, UnaryOperator.identity());
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        Path file = material.write(trial.folder());
        trial.input(CONTENT_FACTOR * material.bytes());
        CommandResult verified = new ReelCheck(trial, file).run();
        trial.promise(verified.exit() != 0 || isOriginal(Files.readAllBytes(file)), "verify finds what is wrong",
                verified,
                "a changed file is called whole");
        if (verified.exit() < 3) {
            RowTruth.check(trial, file);
        }
    }

    /** How much larger the content of an original is than its file, at most. */
    private static final int CONTENT_FACTOR = 16;

    /** Returns true if the file is one or more whole originals, one after another. */
    private static boolean isOriginal(byte[] file) {
        int at = 0;
        while (at < file.length) {
            int from = at;
            for (byte[] original : Originals.UNMERGED) {
                if (file.length - at >= original.length
                        && Arrays.equals(file, at, at + original.length, original, 0, original.length)) {
                    at += original.length;
                    break;
                }
            }
            if (at == from) {
                return false;
            }
        }
        return file.length > 0;
    }
}
