package dev.sockreel.cli.history;

import dev.sockreel.input.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The arguments {@code FILE… SOCKET}, split into captures and the words that name the socket.
 *
 * @param socket empty if no word is left
 */
record HistoryArguments(List<Path> files, List<String> socket) {
    private static final Pattern NAME = Pattern.compile(".*\\.reel(\\.(gz|zst|xz|bz2|lz4))?", Pattern.DOTALL);

    /**
     * Takes the first word as a capture, and the words directly after it that end as a capture's name does, name a file
     * or pipe, or are {@code -}.
     */
    static HistoryArguments of(List<String> words) throws IOException {
        int files = 1;
        while (files < words.size() && isFile(words.get(files))) {
            files++;
        }
        return new HistoryArguments(
                words.subList(0, files).stream().map(Path::of).toList(), words.subList(files, words.size()));
    }

    private static boolean isFile(String word) throws IOException {
        return NAME.matcher(word).matches() || Inputs.current().isFile(Path.of(word));
    }
}
