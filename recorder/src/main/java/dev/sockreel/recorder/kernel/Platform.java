package dev.sockreel.recorder.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system that this runs on; asked before {@link Syscalls}, which elsewhere cannot even be loaded. */
public final class Platform {
    /** Returns false where the calls of {@link Syscalls} do not exist or their structs differ. */
    public static boolean isSupported() {
        return System.getProperty("os.name", "").equals("Linux") && ADDRESS.byteSize() == 8;
    }

    /** Returns whether this descriptor of the process is a terminal; false where /proc does not tell. */
    public static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private Platform() {}
}
