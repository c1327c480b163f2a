package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Prints each loss as text, with the damage that caused it. */
final class RecoverText implements RecoverPrinter {
    private final Stdout out;
    private final PrintWriter lines;

    RecoverText(Stdout out, PrintWriter words) {
        this.out = out;
        this.lines = words;
    }

    @Override
    public void loss(Loss loss) {
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

    @Override
    public void end(CaptureRecovery.Result result) throws IOException {
        out.check();
    }
}
