package dev.sockreel.render;

import java.util.Locale;

/** Numbers of bytes as text, in decimal units and with two or three digits. */
public final class Bytes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB"};
    private static final int STEP = 1000;
    private static final int TWO_DIGITS = 10;

    /** Returns {@code 17 bytes}, {@code 1 byte}, {@code 3.7 MB} or {@code 20 KB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes;
        int unit = -1;
        while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value < TWO_DIGITS ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    private Bytes() {}
}
