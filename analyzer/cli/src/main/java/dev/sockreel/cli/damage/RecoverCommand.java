package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.naming.NewFileOption;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.output.Output;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel recover} command. Prints each loss with the damage that caused it; exits 0 if whole, else 4. */
@Command(
        name = "recover",
        addMethodSubcommands = false,
        description = "Copies the intact records of a damaged capture, and lists what was lost.",
        footer = {
            "sockreel recover cut.reel -o whole.reel",
            "What is left? Says which times and snapshots were lost.",
            "sockreel recover cut.reel -o whole.reel --format json",
            "The same for a script; exit code 0 if nothing was damaged, else 4."
        })
public final class RecoverCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Mixin
    private NewFileOption out = new NewFileOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Output to = out.forBinary();
        format.requireFreeStdout(to.isStdout());
        RecoverPrinter printer = RecoverPrinter.of(
                format.format(), Stdout.get(), to.isStdout() ? err : Stdout.get().text(), capture.file(), out.path());
        CaptureRecovery.Result result = CaptureRecovery.run(capture.file(), to, loss -> print(loss, printer));
        printer.end(result);
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

    private static void print(Loss loss, RecoverPrinter printer) {
        try {
            printer.loss(loss);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
