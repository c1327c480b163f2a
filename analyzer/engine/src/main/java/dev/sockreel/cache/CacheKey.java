package dev.sockreel.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Identifies a question about captures by every byte of the files, the words of the question, and the code that answers
 * it.
 *
 * @param digest hexadecimal, 64 digits
 * @param seen   each file's state when it was read
 */
public record CacheKey(String digest, List<FileState> seen) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** The state of a file, to notice when it changes while it is read. */
    record FileState(Path file, long bytes, FileTime modified) {
        static FileState of(Path file) throws IOException {
            return new FileState(file, Files.size(file), Files.getLastModifiedTime(file));
        }
    }

    public CacheKey {
        seen = List.copyOf(seen);
    }

    /**
     * Computes the key; reads the files once.
     *
     * @param question the command and its words that affect the answer
     */
    public static CacheKey of(List<String> question, List<Path> files) throws IOException {
        MessageDigest all = sha256();
        part(all, CodeVersion.get());
        question.forEach(word -> part(all, word));
        List<FileState> seen = new ArrayList<>();
        for (Path file : files) {
            seen.add(FileState.of(file));
            part(all, HexFormat.of().formatHex(digest(file)));
        }
        return new CacheKey(HexFormat.of().formatHex(all.digest()), seen);
    }

    /** Returns whether the files are unchanged. */
    boolean stillHolds() throws IOException {
        for (FileState state : seen) {
            if (!FileState.of(state.file()).equals(state)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int n;
            while ((n = in.read(buffer)) > 0) {
                digest.update(buffer, 0, n);
            }
        }
        return digest.digest();
    }

    /** Adds a text preceded by its length, so that no two lists of words give the same digest. */
    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
