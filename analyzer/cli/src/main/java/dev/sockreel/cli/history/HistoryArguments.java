package dev.sockreel.cli.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code FILE… SOCKET}: which words are captures and which name a socket.
 *
 * @param socket none when no word is left for it
 */
record HistoryArguments(List<Path> files, List<String> socket) {
    /** The first word is a capture, and so are those right behind it that end in .reel or are the names of files. */
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
