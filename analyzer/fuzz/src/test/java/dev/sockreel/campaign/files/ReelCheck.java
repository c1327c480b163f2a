package dev.sockreel.campaign.files;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.OutputCheck;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fuzz.CaptureCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Runs commands on a capture file, whole or not, and checks what they promise together. */
final class ReelCheck {
    private static final List<String> FORMATS = List.of("text", "json", "ndjson", "csv");
    private static final List<String> FILTERS = List.of("state established", "unread > 0", "comm = x or sport = :80",
            "src 127.0.0.1", "not ( netid = u_str )");

    private final Trial trial;
    private final RandomGenerator random;
    private final Path file;

    ReelCheck(Trial trial, Path file) {
        this.trial = trial;
        this.random = trial.random();
        this.file = file;
    }

    /** Runs verify, which must be right, and some other commands. */
    CommandResult run() throws IOException {
        CommandResult verified = verify();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            one();
        }
        if (random.nextInt(8) == 0) {
            CaptureCheck.read(file, s -> {});
        }
        return verified;
    }

    private CommandResult verify() throws IOException {
        CommandResult ran = trial.sockreel("verify", file.toString());
        trial.checkOut("text", ran);
        String reason = ran.exit() == 0 ? ReelFacts.whyNotWhole(Files.readAllBytes(file)) : null;
        trial.promise(reason == null, "verify finds what is wrong", ran, String.valueOf(reason));
        return ran;
    }

    private void one() throws IOException {
        String format = FORMATS.get(random.nextInt(FORMATS.size()));
        String name = file.toString();
        switch (random.nextInt(14)) {
            case 0, 1 -> printed(format, "info", "--format", format, name);
            case 2 -> printed(format, "show", "--all", "--format", format, name);
            case 3 -> printed(format, "show", "--format", format, name, FILTERS.get(random.nextInt(FILTERS.size())));
            case 4 -> printed("ss", "ss", name, "-anempio");
            case 5 -> printed(format, "diff", "--format", format, name);
            case 6 -> printed(format, "history", "--format", format, name, "ino:" + random.nextInt(20_000));
            case 7 -> printed(format, "peers", "--format", format, name, "state established");
            case 8, 9 ->
                printed(format, "findings", "--no-cache", "--sockets", "--min-snapshots", "2", "--min-time", "1ms",
                        "--format", format, name);
            case 10 -> report();
            case 11, 12 -> recover();
            default -> export();
        }
    }

    private void printed(String format, String... words) throws IOException {
        CommandResult ran = trial.sockreel(words);
        trial.checkOut(format, ran);
        if (random.nextInt(10) == 0) {
            CommandResult twin = trial.sockreel(words);
            trial.promise(twin.exit() == ran.exit() && twin.out().equals(ran.out()), "the same input, the same output",
                    ran, "another output at the second time");
        }
    }

    private void report() throws IOException {
        Path page = trial.output(".html");
        CommandResult ran = trial.sockreel(page, "report", file.toString(), "-o", page.toString());
        if (Files.exists(page)) {
            String text = Files.readString(page);
            trial.promise(text.strip().endsWith("</html>"), "a page is whole", ran, "it does not end with </html>");
            String wrong = OutputCheck.text(text.replace('\t', ' '));
            trial.promise(wrong == null, "a page is plain text", ran, String.valueOf(wrong));
        }
    }

    private void recover() throws IOException {
        Path copy = trial.output(".reel");
        CommandResult ran = trial.sockreel(copy, "recover", file.toString(), "-o", copy.toString());
        if (ran.exit() == 3 || !Files.exists(copy)) {
            return;
        }
        written(trial, copy, ran);
        CommandResult verified = trial.sockreel("verify", copy.toString());
        trial.promise(verified.exit() < 2, "recover writes a capture", ran, "verify exits " + verified.exit());
    }

    /** Checks with an independent parser, and returns, that a command wrote whole groups, a close record and an index. */
    static boolean written(Trial trial, Path written, CommandResult ran) throws IOException {
        try {
            ReelFacts.captures(Files.readAllBytes(written));
            return true;
        } catch (RuntimeException e) {
            trial.promise(false, "what is written is whole", ran, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void export() throws IOException {
        String to = List.of("ss-dump", "pcapng", "ndjson", "csv").get(random.nextInt(4));
        Path out = trial.output(".exported");
        CommandResult ran = trial.sockreel(out, "export", "--all", "--to", to, file.toString(), "-o", out.toString());
        if (ran.exit() == 3 || !Files.exists(out)) {
            return;
        }
        if (to.equals("ndjson") || to.equals("csv")) {
            String wrong = OutputCheck.out(to, Files.readString(out));
            trial.promise(wrong == null, "output is well-formed " + to, ran, String.valueOf(wrong));
            return;
        }
        Path again = trial.output(".reel");
        CommandResult imported = trial.sockreel(again, "import", out.toString(), "-o", again.toString());
        if (imported.exit() != 3 && Files.exists(again)) {
            written(trial, again, imported);
        }
    }
}
