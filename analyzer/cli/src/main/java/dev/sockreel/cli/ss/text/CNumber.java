package dev.sockreel.cli.ss.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C's printf writes them. */
final class CNumber {
    private static final int DIGITS_OF_G = 6;
    /** Limit below which a number of thousandths has no more digits than %g shows. */
    private static final int EXACT_THOUSANDTHS = 1_000_000;

    /** Formats as {@code %g}. */
    static String g(double value) {
        return g(value, DIGITS_OF_G);
    }

    /** Formats as {@code %.Ng}: without zeros at the end; with an exponent where it would be longer without. */
    static String g(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).toPlainString();
        return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** Writes a number of thousandths as {@code %g}: µs as ms. */
    static void putThousandths(long thousandths, Grid grid) {
        if (thousandths < 0 || thousandths >= EXACT_THOUSANDTHS) {
            grid.put(g(thousandths / 1000.0));
            return;
        }
        int rest = (int) (thousandths % 1000);
        grid.put(thousandths / 1000);
        if (rest > 0) {
            grid.put('.').put((char) ('0' + rest / 100));
            if (rest % 100 > 0) {
                grid.put((char) ('0' + rest / 10 % 10));
            }
            if (rest % 10 > 0) {
                grid.put((char) ('0' + rest % 10));
            }
        }
    }

    /** Formats as {@code %.Nf}. */
    static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Writes bits a second: all digits, or three of them with a unit. */
    static void putRate(double bitsPerSecond, boolean numeric, Grid grid) {
        if (!numeric) {
            grid.put(withUnit(bitsPerSecond));
        } else if (bitsPerSecond < 1L << 53) {
            grid.put((long) Math.rint(bitsPerSecond));
        } else {
            grid.put(fixed(bitsPerSecond, 0));
        }
    }

    private static String withUnit(double bitsPerSecond) {
        if (bitsPerSecond >= 1e12) {
            return g(bitsPerSecond / 1e12, 3) + "T";
        }
        if (bitsPerSecond >= 1e9) {
            return g(bitsPerSecond / 1e9, 3) + "G";
        }
        if (bitsPerSecond >= 1e6) {
            return g(bitsPerSecond / 1e6, 3) + "M";
        }
        return bitsPerSecond >= 1e3 ? g(bitsPerSecond / 1e3, 3) + "k" : g(bitsPerSecond);
    }

    /** Formats the time that a timer has left. Small parts beside large ones are left out. */
    static String timer(long milliseconds) {
        long minutes = milliseconds / 60_000;
        long seconds = milliseconds / 1000 % 60;
        long thousandths = milliseconds % 1000;
        if (minutes > 0) {
            return minutes + "min" + (minutes < 10 && seconds > 0 ? seconds + "sec" : "");
        }
        if (seconds > 9 || (seconds > 0 && thousandths == 0)) {
            return seconds + "sec";
        }
        String three = thousandths == 0 ? "" : Long.toString(thousandths + 1000).substring(1);
        if (seconds > 0) {
            return seconds + "." + three + "sec";
        }
        return thousandths == 0 ? "" : three + "ms";
    }

    /** Returns a number of 64 bits without a sign. */
    static double unsigned(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    private CNumber() {}
}
