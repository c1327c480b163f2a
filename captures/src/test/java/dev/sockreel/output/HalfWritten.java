package dev.sockreel.output;

import java.io.IOException;
import java.nio.file.Path;

/** A program that writes half a file, says so, and waits until it is interrupted. */
final class HalfWritten {
    /** @param args the output; and whether it is finished before the wait */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (WholeFile file = WholeFile.create(Path.of(args[0]), false)) {
            file.stream().write(new byte[100_000]);
            if (Boolean.parseBoolean(args[1])) {
                file.finish();
            }
            System.out.println("written");
            Thread.currentThread().join();
        }
    }

    private HalfWritten() {}
}
