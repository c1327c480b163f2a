package dev.sockreel.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The command line of a campaign.
 *
 * @param time    how long it runs
 * @param seed    decides every trial
 * @param trial   the only trial to run, −1 for all
 * @param out     folder of findings, tables and logs
 * @param targets parts of names of Jazzer's targets, empty for all
 * @param kinds   what runs
 */
record CampaignOptions(Duration time, long seed, long trial, Path out, List<String> targets, List<Kinds> kinds) {
    /** The folder of the fuzzers' module. */
    static final Path FOLDER = Path.of(System.getProperty("campaign.folder", "")).toAbsolutePath();
    static final String USAGE = """
            Usage: analyzer/fuzz/campaign [--time 10m] [--seed N] [--out FOLDER] [--target PART]… [--trial N] [KIND…]
              --time TIME     how long in all, as 30s, 10m or 1h
              --seed N        the same seed, the same trials (without: a random one, which is printed)
              --out FOLDER    for findings, table and logs (analyzer/fuzz/target/campaign)
              --target PART   of jazzer only the targets whose names have this part
              --trial N       only this trial of one KIND, as a finding names it
              KIND            %s (all that this host can run)
            """.formatted(String.join(", ", Kinds.ALL.stream().map(Kinds::name).toList()));

    CampaignOptions {
        targets = List.copyOf(targets);
        kinds = List.copyOf(kinds);
    }

    /** Parses a command line; IllegalArgumentException says what is wrong with it. */
    static CampaignOptions parse(String... args) {
        Duration time = Duration.ofMinutes(10);
        long seed = new SplittableRandom().nextInt(1_000_000);
        long trial = -1;
        Path out = FOLDER.resolve("target/campaign");
        List<String> targets = new ArrayList<>();
        List<Kinds> kinds = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--time" -> time = time(value(args, ++i));
                case "--seed" -> seed = number(value(args, ++i));
                case "--trial" -> trial = number(value(args, ++i));
                case "--out" -> out = Path.of(value(args, ++i));
                case "--target" -> targets.add(value(args, ++i));
                default -> kinds.add(Kinds.of(args[i]));
            }
        }
        if (trial >= 0 && kinds.size() != 1) {
            throw new IllegalArgumentException("--trial needs one kind");
        }
        return new CampaignOptions(time, seed, trial, out.toAbsolutePath(), targets,
                kinds.isEmpty() ? Kinds.ALL : kinds);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: " + text, e);
        }
    }

    private static Duration time(String text) {
        if (!text.matches("[0-9]{1,6}[smh]")) {
            throw new IllegalArgumentException("no time as 30s, 10m or 1h: " + text);
        }
        return Duration.parse("PT" + text);
    }

    /** Returns the time of one kind, in seconds. */
    long seconds(Kinds kind) {
        return time.toSeconds() * kind.share() / kinds.stream().mapToInt(Kinds::share).sum();
    }
}
