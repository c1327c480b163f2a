package dev.sockreel.filter;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses numbers as C's strtol with base 0 reads them: 10, 0x1f, 017, -5. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("-?(0[xX][0-9a-fA-F]{1,32}|0[0-7]{0,40}|[1-9][0-9]{0,38})");

    /** Returns the number, null when the text is none. */
    static @Nullable BigInteger parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        boolean octal = !hex && digits.length() > 1 && digits.startsWith("0");
        BigInteger number = new BigInteger(hex ? digits.substring(2) : digits, hex ? 16 : octal ? 8 : 10);
        return negative ? number.negate() : number;
    }

    /** Returns the number, null when the text is none from 0 to {@code most}. */
    static @Nullable Long upTo(String text, long most) {
        BigInteger number = parse(text);
        return number == null || number.signum() < 0 || number.compareTo(BigInteger.valueOf(most)) > 0
                ? null : Long.valueOf(number.longValue());
    }

    private Numbers() {}
}
