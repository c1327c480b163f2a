package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Sources of imports: ss dumps, packets, datagram-logs, copies of /proc/net, archives; whole, odd, changed, packed. */
public final class ImportsKind implements Kind {
    private static final List<String> PACKED = List.of(CompressorStreamFactory.GZIP, CompressorStreamFactory.XZ,
            CompressorStreamFactory.ZSTANDARD, CompressorStreamFactory.LZ4_FRAMED, CompressorStreamFactory.BZIP2);
    private static final int DATAGRAM = 6;
    private static final int DATAGRAM_BYTES_AT = 40;
    private static final String SS_DUMP = "dump.ssd";

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public Material input(RandomGenerator random) {
        boolean isHeavy = random.nextInt(10) == 0;
        int heavy = isHeavy ? 500 << random.nextInt(4) : 0;
        Odd odd = new Odd(random, isHeavy ? 0 : random.nextInt(4) * random.nextInt(30));
        ImportSources sources = new ImportSources(odd);
        return switch (random.nextInt(7)) {
            case 0, 1 -> file(random, SS_DUMP, sources.ssDump(heavy));
            case 2 -> file(random, "nlmon.pcap", sources.pcap(heavy));
            case 3 -> file(random, "nlmon.pcapng", sources.pcapng(heavy));
            case 4 -> new Material(sources.log(heavy), ImportsKind::folder);
            case 5 -> new Material(sources.procNet(heavy), ImportsKind::folder);
            default -> {
                List<byte[]> files = random.nextBoolean() ? sources.log(0) : sources.procNet(0);
                yield file(random, "sosreport.tar", slices(ImportSources.tar(odd, files, heavy)));
            }
        };
    }

    /** Returns a file of these parts; some have a changed part, some are packed. */
    private static Material file(RandomGenerator random, String name, List<byte[]> parts) {
        List<byte[]> all = new ArrayList<>(parts);
        if (!name.equals(SS_DUMP) && random.nextBoolean()) {
            int at = random.nextInt(all.size());
            all.set(at, Mutation.of(random, all.get(at), all, 4));
        }
        if (random.nextInt(4) > 0) {
            return Material.file(name, all, UnaryOperator.identity());
        }
        String format = PACKED.get(random.nextInt(PACKED.size()));
        long seed = random.nextInt(3) == 0 ? random.nextLong() : 0;
        return Material.file(name + ".packed", all, content -> {
            byte[] packed = ImportSources.compressed(format, content);
            return seed == 0 ? packed : Mutation.of(new java.util.Random(seed), packed, List.of(packed), 2);
        });
    }

    private static List<byte[]> slices(byte[] all) {
        List<byte[]> slices = new ArrayList<>();
        for (int at = 0; at < all.length; at += 512) {
            slices.add(Arrays.copyOfRange(all, at, Math.min(all.length, at + 512)));
        }
        return slices;
    }

    private static Path folder(List<byte[]> files, Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("source"));
        for (byte[] file : files) {
            int end = ImportSources.nameLength(file);
            try {
                Path path = root.resolve(new String(file, 0, end, UTF_8));
                Files.createDirectories(path.getParent());
                Files.write(path, Arrays.copyOfRange(file, end + 1, file.length));
            } catch (InvalidPathException e) {
                throw new IOException(e);
            }
        }
        return root;
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        Path source = material.write(trial.folder());
        Path out = trial.output(".reel");
        CommandResult ran = trial.sockreel(out, "import", source.toString(), "-o", out.toString());
        trial.promise(ran.exit() != 1, "exit codes are as promised", ran, "1 is for checks");
        if (!Files.exists(out)) {
            trial.promise(ran.exit() == 3, "a failure has exit 3", ran, "no output");
            return;
        }
        if (ran.exit() == 3 || !ReelCheck.written(trial, out, ran)) {
            return;
        }
        List<ReelFile.Entry> entries = ReelFile.parse(Files.readAllBytes(out)).entries();
        long keys = Keys.count(entries);
        trial.promise(keys == 0, "no key is stored", ran, "keys in " + keys + " records");
        long kept = entries.stream().filter(e -> e.type() == DATAGRAM)
                .mapToLong(e -> e.body().length - DATAGRAM_BYTES_AT).sum();
        trial.promise(ran.exit() != 0 || !source.endsWith(SS_DUMP) || kept == Files.size(source),
                "a source that is not understood to its last byte is reported", ran,
                kept + " bytes of " + Files.size(source) + " are stored");
        if (trial.random().nextInt(3) == 0) {
            new ReelCheck(trial, out).run();
        }
    }
}
