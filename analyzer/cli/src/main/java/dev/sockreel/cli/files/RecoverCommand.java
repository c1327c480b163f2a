package dev.sockreel.cli.files;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.naming.NewFileOption;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.output.Output;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel recover} command. Prints each loss with the damage that caused it; exits 0 if whole, else 4. */
@Command(
        name = "recover",
        description = "Copies the intact records of a damaged capture, and lists the time ranges that were lost.",
        footer = {
            "",
            "Records with a valid checksum are copied unchanged. A dump that lost records stays incomplete in the new "
                    + "file."
        })
public final class RecoverCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Mixin
    private NewFileOption out = new NewFileOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Output to = out.forBinary();
        PrintWriter lines = to.isStdout() ? err : Stdout.get().text();
        CaptureRecovery.Result result = CaptureRecovery.run(capture.file(), to, loss -> print(loss, lines));
        Stdout.get().check();
        err.println("%s: %s of %s; %s".formatted(
                Terminal.printable(out.path().toString()), Counted.of(result.records(), "record"),
                Counted.of(result.snapshots(), "snapshot"), verdict(result)));
        err.flush();
        return result.whole() ? ExitCode.DONE : ExitCode.DAMAGED;
    }

    private String verdict(CaptureRecovery.Result result) {
        String name = Terminal.printable(capture.file().toString());
        if (result.whole()) {
            return name + " is undamaged; this is a copy";
        }
        return name + (result.lost() ? " has lost what is listed above" : " is damaged, but lost no records");
    }

    private static void print(Loss loss, PrintWriter lines) {
        lines.println(loss.loses() ? "lost: " + times(loss) + ", " + snapshots(loss) : "nothing lost: " + times(loss));
        for (Damage d : loss.damages()) {
            lines.println("  " + Terminal.sentence(d.where() + ": " + d.why()));
        }
        if (loss.more() > 0) {
            lines.println("  and " + Counted.of(loss.more(), "more damaged place"));
        }
    }

    private static String times(Loss loss) {
        @Nullable String from = Rfc3339.of(loss.fromNs());
        @Nullable String to = Rfc3339.of(loss.toNs());
        if (from == null && to == null) {
            return "at an unknown time";
        }
        if (from == null) {
            return "before " + to;
        }
        return to == null ? "after " + from : from + " to " + to;
    }

    private static String snapshots(Loss loss) {
        int first = loss.firstSnapshot();
        int last = loss.lastSnapshot();
        if (!loss.touchesSnapshots()) {
            return "no snapshot affected";
        }
        if (last == Loss.TO_THE_END) {
            return first == Loss.NONE ? "all snapshots" : "snapshot " + first + " and all later ones";
        }
        if (first == Loss.NONE) {
            return last == 0 ? "snapshot 0" : "snapshots up to " + last;
        }
        return first == last ? "snapshot " + first : "snapshots " + first + " to " + last;
    }
}
