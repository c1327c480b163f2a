package dev.sockreel.cli.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The arguments {@code FILE… SOCKET}, split into captures and the words that name the socket.
 *
 * @param socket empty if no word is left
 */
record HistoryArguments(List<Path> files, List<String> socket) {
    /** Takes the first word as a capture, and the words directly after it that end in .reel or name a file. */
    static HistoryArguments of(List<String> words) {
        int files = 1;
        while (files < words.size() && isFile(words.get(files))) {
            files++;
        }
        return new HistoryArguments(
                words.subList(0, files).stream().map(Path::of).toList(), words.subList(files, words.size()));
    }

    private static boolean isFile(String word) {
        return word.endsWith(".reel") || Files.isRegularFile(Path.of(word));
    }
}
