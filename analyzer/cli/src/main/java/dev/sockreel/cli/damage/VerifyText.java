package dev.sockreel.cli.damage;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;

/** Prints a line for each fault, and one for each file. */
final class VerifyText implements VerifyPrinter {
    private final Stdout out;
    private final PrintWriter text;

    VerifyText(Stdout out) {
        this.out = out;
        this.text = out.text();
    }

    @Override
    public void fault(Path file, VerifyFault f) {
        StringJoiner place = new StringJoiner(", ");
        if (f.snapshot() != null) {
            place.add("snapshot " + f.snapshot());
        }
        if (f.family() != null) {
            place.add(f.family() + " (dump " + f.dump() + ")");
        }
        if (f.table() != null) {
            place.add(Terminal.printable(f.table()));
        }
        if (f.where() != null) {
            place.add(Terminal.sentence(f.where()));
        }
        text.println(name(file) + ": " + f.id() + ": " + place + ": " + Terminal.sentence(f.why()));
    }

    @Override
    public void recovered(Path file, String sentence) {
        text.println(name(file) + ": recovered: " + Terminal.sentence(sentence));
    }

    @Override
    public void end(Path file, VerifyResult r) throws IOException {
        text.println("%s: %s: %s, %s%s%s".formatted(
                name(file), r.isWhole() ? "whole" : Counted.of(r.faults(), "fault"),
                Counted.of(r.snapshots(), "snapshot"), Counted.of(r.dumps(), "dump"),
                r.dumps() > 0 ? "" : ", " + Counted.of(r.tables(), "table") + " of /proc/net",
                r.unavailable() == 0 ? ""
                        : String.format(Locale.ROOT, " (%d of unavailable families)", r.unavailable())));
        out.check();
    }

    private static String name(Path file) {
        return Terminal.printable(file.toString());
    }

    @Override
    public void finish() throws IOException {
        out.check();
    }
}
