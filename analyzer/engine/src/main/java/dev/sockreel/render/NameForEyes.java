package dev.sockreel.render;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.wording.Columns;
import java.util.regex.Pattern;

/**
 * Names as people read them; programs get every byte. A run of one escaped byte, and of the {@code @} that /proc/net
 * prints for the NULs at a name's end, becomes one of it and its length: {@code @NAME\x00{80}}. What is still longer
 * than any name without escapes loses its middle.
 */
public final class NameForEyes {
    /** sun_path has 108 bytes; only escapes make a name longer. */
    private static final int MAX_COLUMNS = 120;

    private static final Pattern ESCAPES = Pattern.compile("(\\\\x[0-9a-f]{2})\\1{3,}");
    private static final Pattern AT_END = Pattern.compile("(?<=[^@])@{8,}$");
    private static final int ESCAPE_CHARS = 4;

    public static String of(SocketAddress address) {
        return of(AddressText.of(address));
    }

    /** @param printable a name whose bytes are escaped already */
    public static String of(String printable) {
        if (printable.indexOf('\\') < 0 && !printable.endsWith("@")) {
            return Columns.fit(printable, MAX_COLUMNS);
        }
        String escapes = ESCAPES.matcher(printable)
                .replaceAll(m -> "\\" + m.group(1) + "{" + m.group().length() / ESCAPE_CHARS + "}");
        String text = AT_END.matcher(escapes).replaceAll(m -> "@{" + m.group().length() + "}");
        return Columns.fit(text, MAX_COLUMNS);
    }

    private NameForEyes() {}
}
