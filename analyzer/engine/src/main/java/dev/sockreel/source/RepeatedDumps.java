package dev.sockreel.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts dumps whose bytes equal those of the dump of the same family before them. */
final class RepeatedDumps {
    private final MessageDigest digest = sha256();
    private final Map<String, byte[]> last = new HashMap<>();
    private String family = "";
    private boolean hasSockets;
    private int dumps;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void begin(String family) {
        this.family = family;
        hasSockets = false;
        digest.reset();
    }

    void add(SsDumpMessage m) {
        hasSockets |= m.isSocket();
        digest.update(m.bytes());
    }

    void end() {
        byte[] now = digest.digest();
        byte[] before = last.put(family, now);
        dumps += hasSockets && Arrays.equals(before, now) ? 1 : 0;
    }

    int dumps() {
        return dumps;
    }
}
