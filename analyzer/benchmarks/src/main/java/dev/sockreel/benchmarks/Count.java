package dev.sockreel.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A count that a file can have many of, such as snapshots or descriptors of one socket.
 *
 * @param name     a plural noun
 * @param max      the largest number to try; at most half of what a stated limit of the format allows
 * @param commands the commands to run on such a file
 * @param maker    makes the file
 */
record Count(String name, int max, List<Command> commands, Maker maker) {
    /** Makes what commands are given. */
    interface Maker {
        /**
         * Writes files or folders into an empty folder.
         *
         * @param n the number of whatever is counted
         * @return the arguments for a command, in their order
         */
        List<Path> make(Path folder, int n) throws IOException;
    }
}
