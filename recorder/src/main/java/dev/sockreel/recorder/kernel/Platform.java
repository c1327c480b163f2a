package dev.sockreel.recorder.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;

/** The system that this runs on; asked before {@link Syscalls}, which elsewhere cannot even be loaded. */
public final class Platform {
    /** Returns false where the calls of {@link Syscalls} do not exist or their structs differ. */
    public static boolean isSupported() {
        return System.getProperty("os.name", "").equals("Linux") && ADDRESS.byteSize() == 8;
    }

    private Platform() {}
}
