package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sockreel.benchmarks.results.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void hasMedianLeastAndGreatest() {
        assertEquals(new Spread(1, 2, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(new Spread(1, 2.5, 4), Spread.of(List.of(4.0, 1.0, 2.0, 3.0)));
        assertEquals("2.38 (1.91 to 3.11)", new Spread(1.91, 2.38, 3.11).toString());
        assertEquals("7.00", Spread.of(List.of(7.0)).toString());
    }

    @Test
    void isUnknownIfARoundIs() {
        assertFalse(Spread.of(List.of()).isKnown());
        assertEquals("–", Spread.of(List.of(1.0, Double.NaN)).toString());
    }

    @Test
    void numbersKeepThreeDigits() {
        assertEquals("1,234,568", Spread.number(1234567.8));
        assertEquals("12.3", Spread.number(12.34));
        assertEquals("1.23", Spread.number(1.234));
        assertEquals("0.012", Spread.number(0.0123));
        assertEquals("0", Spread.number(0));
        assertEquals("-5.50", Spread.number(-5.5));
    }
}
