package dev.sockreel.delta.record;

import dev.sockreel.delta.record.Field.Num;
import dev.sockreel.delta.record.Field.Phrase;
import dev.sockreel.delta.record.Field.Rows;
import dev.sockreel.delta.record.Field.Text;
import dev.sockreel.delta.record.Field.Time;
import dev.sockreel.delta.record.Field.Words;
import org.jspecify.annotations.Nullable;

/** Finds the units of a body by its layout. */
final class BodyParser {
    /** Shorter lines go with the next: each takes memory for what is known of it. */
    private static final int MIN_LINE_BYTES = 8;

    private final Tree tree;
    private final byte[] body;
    private final int length;
    private int at;

    private BodyParser(byte[] body) {
        this.body = body;
        this.length = body.length;
        tree = new Tree(body, body.length, 8);
    }

    /** Parses a body; returns null if it is not as its layout says. */
    static @Nullable Tree parse(Layout layout, byte[] body) {
        BodyParser parser = new BodyParser(body);
        if (!parser.row(layout) || parser.at != parser.length) {
            return null;
        }
        parser.tree.trim();
        return parser.tree;
    }

    private boolean row(Layout layout) {
        int unit = tree.open(at);
        for (Field field : layout.fields()) {
            boolean whole = switch (field) {
                case Num n -> skip(n.bytes());
                case Time t -> skip(ClockCoder.TIME_BYTES);
                case Text t -> text(t.rest());
                case Words w -> words(w.rest());
                case Phrase p -> phrase(p.bytes());
                case Rows r -> rows(r.row());
            };
            if (!whole) {
                return false;
            }
        }
        tree.close(unit, at);
        return true;
    }

    private boolean skip(int bytes) {
        if (bytes < 0 || bytes > length - at) {
            return false;
        }
        at += bytes;
        return true;
    }

    /** Passes over a length, and returns the end of what it states; −1 if that is not there. */
    private int statedEnd(boolean rest) {
        if (rest) {
            return length;
        }
        int stated = length - at < 4 ? -1 : (int) tree.number(at, 4);
        if (stated < 0 || stated > length - at - 4) {
            return -1;
        }
        at += 4;
        return at + stated;
    }

    private boolean text(boolean rest) {
        int unit = tree.open(at);
        int end = statedEnd(rest);
        if (end < 0) {
            return false;
        }
        while (at < end) {
            int line = tree.open(at);
            at = lineEnd(body, at, end);
            tree.close(line, at);
        }
        tree.close(unit, at);
        return true;
    }

    /**
     * Returns the place behind the line that begins at a place: behind the first newline that makes it long enough, or
     * the text's end.
     */
    private static int lineEnd(byte[] body, int at, int end) {
        for (int i = at + MIN_LINE_BYTES - 1; i < end; i++) {
            if (body[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }

    private boolean words(boolean rest) {
        int unit = tree.open(at);
        int end = statedEnd(rest);
        if (end < 0) {
            return false;
        }
        at = end;
        tree.close(unit, at);
        return true;
    }

    private boolean phrase(int bytes) {
        int unit = tree.open(at);
        if (!skip(bytes)) {
            return false;
        }
        int end = statedEnd(false);
        if (end < 0) {
            return false;
        }
        at = end;
        tree.close(unit, at);
        return true;
    }

    private boolean rows(Layout layout) {
        int unit = tree.open(at);
        int count = length - at < 4 ? -1 : (int) tree.number(at, 4);
        if (count < 0 || count > (length - at) / 4) {
            return false;
        }
        at += 4;
        for (int i = 0; i < count; i++) {
            if (!row(layout)) {
                return false;
            }
        }
        tree.close(unit, at);
        return true;
    }
}
