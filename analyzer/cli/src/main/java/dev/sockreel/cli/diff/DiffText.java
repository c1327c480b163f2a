package dev.sockreel.cli.diff;

import dev.sockreel.cli.printing.Prose;
import dev.sockreel.cli.printing.RowText;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.field.SocketFields;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a diff as text: a line for each socket under a heading, and each changed field with both values. */
final class DiffText implements DiffPrinter {
    private static final int CHECK_EVERY_ROWS = 256;
    private static final String ATTRIBUTES = SocketFields.ATTRIBUTES + ".";

    private final Stdout out;
    private final PrintWriter text;
    private String heading = "";
    private int rows;

    DiffText(DiffSides sides, Stdout out) {
        this.out = out;
        this.text = out.text();
        boolean oneFile = sides.from().file().equals(sides.to().file());
        Long nanos = sides.from().nanosTo(sides.to());
        text.println("from " + side(sides.from(), oneFile));
        text.println(
                "to   " + side(sides.to(), oneFile)
                        + (nanos == null ? "" : ", " + Span.textWithDays(nanos) + " later"));
    }

    private static String side(DiffSide side, boolean oneFile) {
        String time = Rfc3339.of(side.time().realtimeNs());
        return (oneFile ? "" : Terminal.printable(side.file().toString()) + " ") + "snapshot " + side.snapshot()
                + (time == null ? "" : ", " + time);
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        under("appeared", row);
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        under("gone", row);
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        under("not observed in the " + (inFrom ? "earlier" : "later") + " snapshot: " + Terminal.sentence(why.why()),
                row);
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        under("changed", to);
        List<String> pieces = new ArrayList<>();
        for (FieldChange c : changes) {
            pieces.add(change(c) + (pieces.size() + 1 < changes.size() ? "," : ""));
        }
        Prose.print(text, "      ", "      ", pieces);
    }

    private void under(String heading, SocketRow row) throws IOException {
        if (!heading.equals(this.heading)) {
            text.println();
            text.println(heading);
            this.heading = heading;
        }
        text.println("  " + RowText.line(row));
        if (++rows % CHECK_EVERY_ROWS == 0) {
            out.check();
        }
    }

    /** Returns one change. A field of an attribute gets only its uapi name, which is unique. */
    private static String change(FieldChange c) {
        boolean attribute = c.field().startsWith(ATTRIBUTES);
        String name = attribute ? c.field().substring(c.field().lastIndexOf('.') + 1) : c.field();
        return name + " " + value(c.from()) + " -> " + value(c.to());
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Map<?, ?> map -> map.entrySet().stream()
                    .filter(e -> e.getValue() != null)
                    .map(e -> e.getKey() + "=" + value(e.getValue()))
                    .collect(Collectors.joining(" ", "{", "}"));
            case List<?> list -> list.stream().map(DiffText::value).collect(Collectors.joining(" ", "[", "]"));
            default -> value.toString();
        };
    }

    @Override
    public void end(DiffSummary s) throws IOException {
        text.println();
        text.println("%d appeared, %d gone, %d not observed, %d changed, %d unchanged".formatted(
                s.appeared(), s.gone(), s.notObserved(), s.changed(), s.unchanged()));
        if (s.fromProc() > 0) {
            Prose.print(text, "", "Rows from /proc/net, which has no cookies: " + s.fromProc()
                    + ". They are matched by inode, state and addresses, so their changes are likely, not certain.");
        }
        if (s.fromNameless() + s.toNameless() > 0) {
            Prose.print(text, "", Counted.of(s.fromNameless(), "row") + " of the earlier snapshot and "
                    + s.toNameless()
                    + " of the later have neither cookie nor inode, so they cannot be matched and are not compared.");
        }
        out.check();
    }
}
