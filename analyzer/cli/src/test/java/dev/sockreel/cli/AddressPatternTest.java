package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may type for an address, against what is shown. */
class AddressPatternTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:80, 127.0.0.1:80, true", "127.0.0.1:80, 127.0.0.1:8080, false", "127.0.0.1:80, 127.0.0.2:80, false",
        "127.0.0.1:080, 127.0.0.1:80, true", "[::1]:80, [::1]:80, true", "::1:80, [::1]:80, true",
        "[0:0:0:0:0:0:0:1]:80, [::1]:80, true", "[::1]:80, [::2]:80, false",
        "127.0.0.1:80, [::ffff:127.0.0.1]:80, true", "[::ffff:127.0.0.1]:80, 127.0.0.1:80, true",
        "[::ffff:7f00:1]:80, [::ffff:127.0.0.1]:80, true", "[fe80::1%eth0]:80, [fe80::1]:80, true",
        ":80, 127.0.0.1:80, true", "*:80, [::1]:80, true", "*:80, *:80, true", ":80, 127.0.0.1:180, false",
        "127.0.0.1:*, 127.0.0.1:5000, true", "127.0.0.1:*, 127.0.0.2:5000, false", "0.0.0.0:80, *:80, false",
        "127.0.0.1:80, /run/a:80, false", "127.0.0.1:80, @a, false", "127.0.0.1:80, , false"
    })
    void matches(String typed, String shown, boolean expected) {
        assertTrue(AddressPattern.parse(typed).orElseThrow().matches(shown) == expected);
    }

    /** No name is ever looked up. */
    @ParameterizedTest
    @ValueSource(strings = {
        "localhost:80", "127.0.0.1", "80", "127.0.0.1:http", "127.0.0.1:65536", "1:2", "1.2:80", "ino:5", "[::1:80",
        "127.0.0.1:-1", "", ":", "@a", "300.0.0.1:80", "path:/x"
    })
    void isNoAddress(String typed) {
        assertFalse(AddressPattern.parse(typed).isPresent(), typed);
    }
}
