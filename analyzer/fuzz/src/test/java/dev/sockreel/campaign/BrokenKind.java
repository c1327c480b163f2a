package dev.sockreel.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** A kind that finds fault with one part of its input, to test what becomes of findings. */
final class BrokenKind implements Kind {
    private static final int PARTS = 50;

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public Material input(RandomGenerator random) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add("good".getBytes(UTF_8));
        }
        parts.set(random.nextInt(PARTS), "bad".getBytes(UTF_8));
        return Material.file("input", parts, UnaryOperator.identity());
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        if (Files.readString(material.write(trial.folder())).contains("bad")) {
            trial.fails("nothing is bad", "verify input", "it is");
        }
    }
}
