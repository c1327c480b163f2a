package dev.sockreel.process;

import dev.sockreel.capture.record.Processes;
import dev.sockreel.wording.PrintableName;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a process as one printable line, each word quoted for a shell where it needs it.
 *
 * @param text  null when it is not known, or for a kernel thread, which has none
 * @param flags a sum of {@link Processes#CMDLINE_MASKED}, …
 */
public record CommandLine(@Nullable String text, int flags) {
    /** The command line of a process of which none was recorded. */
    public static final CommandLine UNKNOWN = new CommandLine(null, 0);

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final String CUT_MARK = " …";

    static CommandLine of(byte[] words, int flags) {
        int end = Math.min(words.length, Processes.MAX_CMDLINE_BYTES);
        while (end > 0 && words[end - 1] == 0) {
            end--; // programs that write their title over it leave NULs behind
        }
        if (end == 0) {
            return new CommandLine(null, flags);
        }
        String line = join(split(words, end));
        boolean cut = (flags & Processes.CMDLINE_CUT) != 0 || words.length > Processes.MAX_CMDLINE_BYTES;
        return new CommandLine(cut ? line + CUT_MARK : line, flags);
    }

    private static List<String> split(byte[] words, int end) {
        List<String> out = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || words[i] == 0) {
                out.add(PrintableName.of(words, from, i));
                from = i + 1;
            }
        }
        return out;
    }

    private static String join(List<String> words) {
        if (words.size() == 1) {
            return words.getFirst(); // a title, such as "nginx: worker process"
        }
        StringJoiner line = new StringJoiner(" ");
        words.forEach(word -> line.add(quoted(word)));
        return line.toString();
    }

    /** Returns the word in the form that a shell reads as these bytes; {@code $'…'} where bytes are escaped. */
    private static String quoted(String printable) {
        if (NEEDS_NO_QUOTES.matcher(printable).matches()) {
            return printable;
        }
        return printable.indexOf('\\') >= 0
                ? "$'" + printable.replace("'", "\\'") + "'"
                : "'" + printable.replace("'", "'\\''") + "'";
    }

    /** Returns the line cut to so many characters. */
    CommandLine cutTo(int chars) {
        return text == null || text.length() <= chars ? this
                : new CommandLine(text.substring(0, chars) + CUT_MARK, flags | Processes.CMDLINE_CUT);
    }

    /** Returns what is to know about the text, such as {@code masked}; null for nothing. */
    public @Nullable String remark() {
        List<String> remarks = new ArrayList<>(2);
        add(remarks, Processes.CMDLINE_MASKED, "masked");
        add(remarks, Processes.CMDLINE_CUT, "cut");
        add(remarks, Processes.CMDLINE_WITHHELD, "withheld");
        add(remarks, Processes.CMDLINE_UNREADABLE, "unreadable");
        return remarks.isEmpty() ? null : String.join(", ", remarks);
    }

    private void add(List<String> remarks, int flag, String remark) {
        if ((flags & flag) != 0) {
            remarks.add(remark);
        }
    }
}
