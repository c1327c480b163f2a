package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that nothing is recorded by {@code findings --live} where the words make no sense. */
class LiveOptionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            findings|FILE is missing, or --live
            findings --live x.reel|takes a time such as 5s
            findings x.reel --live|takes no FILE: x.reel
            findings x.reel --live 5s|takes no FILE: x.reel
            findings --live 0s|takes a time
            findings --live 2s|it takes 3s to see what lasts --min-time 2s
            findings --live 1m --min-time 1m|it takes 61s
            findings --live 5s --min-snapshots 50|too short for --min-snapshots 50
            findings --live -o -|must be a file
            findings --live -o /dev/stdout|must be a file
            findings x.reel -o y.reel|-o keeps what --live records
            findings x.reel --force|--force keeps what --live records
            """)
    void wrongWordsAre2(String words, String sentence) {
        CommandRun run = CommandRun.of(words.split(" ")).exits(2);
        assertTrue(run.out().isEmpty() && run.err().contains(sentence), run::toString);
    }

    @Test
    void aFileThatIsThereIsRefusedBeforeTheRecording() throws IOException {
        Path there = Files.writeString(folder.resolve("there.reel"), "mine");
        List<String> words = new ArrayList<>(List.of("findings", "--live", "1h", "-o", there.toString()));
        CommandRun.of(words.toArray(String[]::new)).exits(3).saysOnly(1);
        assertTrue(Files.readString(there).equals("mine"));
        words.set(4, folder.resolve("no/folder/x.reel").toString());
        CommandRun.of(words.toArray(String[]::new)).exits(3).saysOnly(1);
    }
}
