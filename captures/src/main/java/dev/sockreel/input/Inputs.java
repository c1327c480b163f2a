package dev.sockreel.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Opens what a command reads, as often as it asks. A path stays the name that was given, {@code -} among them, so that
 * messages and answers name what the user knows. Holds for the thread that runs the command.
 */
public interface Inputs {
    /** The path that means standard input. */
    Path STDIN = Path.of("-");

    /** Number of bytes at the beginning that content is recognized by, at most. */
    int HEAD_BYTES = 8 << 20;

    /** Opens regular files alone. */
    Inputs PLAIN = new Inputs() {
        @Override
        public InputBytes open(Path path) throws IOException {
            return InputBytes.ofFile(path);
        }

        @Override
        public InputBytes unpacked(Path path, Predicate<byte[]> recognizes) throws IOException {
            return open(path);
        }

        @Override
        public boolean isFile(Path path) {
            return Files.isRegularFile(path);
        }
    };

    /**
     * Opens a file, pipe or standard input as it is.
     *
     * @throws IOException when it cannot be read, or not be stored where it is no file
     */
    InputBytes open(Path path) throws IOException;

    /**
     * Opens a file, pipe or standard input, unpacked if it is compressed and its content is recognized.
     *
     * @param recognizes whether up to {@link #HEAD_BYTES} from the beginning hold the wanted content; a pipe without it
     *                   is not read further
     * @throws IOException when it cannot be read, or not be stored where it is no plain file
     */
    InputBytes unpacked(Path path, Predicate<byte[]> recognizes) throws IOException;

    /** Returns whether it is a regular file, or a pipe that is read as if it were one. */
    boolean isFile(Path path) throws IOException;

    /** Returns what opens the inputs of the command that this thread runs. */
    static Inputs current() {
        return CurrentInputs.SCOPE.orElse(PLAIN);
    }

    /** Runs a command whose inputs are opened by these, and returns its exit code. */
    static int with(Inputs inputs, IntSupplier command) {
        return ScopedValue.where(CurrentInputs.SCOPE, inputs).call(command::getAsInt);
    }

    /** Returns whether a path means standard input; a file of that name is {@code ./-}. */
    static boolean isStdin(Path path) {
        return path.equals(STDIN);
    }

    /** Returns whether the path is a regular file: it can be read again, and has a size and a time. */
    static boolean isRegularFile(Path path) {
        return !isStdin(path) && Files.isRegularFile(path);
    }

    static boolean isFolder(Path path) {
        return !isStdin(path) && Files.isDirectory(path);
    }

    /** Returns whether there is something to read: standard input, or whatever the path leads to. */
    static boolean exists(Path path) {
        return isStdin(path) || Files.exists(path);
    }
}
