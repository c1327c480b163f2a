package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.BootRule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The two snapshots of a diff. They must be of one boot. */
record DiffSides(DiffSide from, DiffSide to) {
    /**
     * Checks that they are in order and of one boot.
     *
     * @param asserted true if the user states that both files are of one boot
     * @throws IOException              if they are of different boots, or nothing shows that they are of one
     * @throws IllegalArgumentException if they are the same snapshot or in the wrong order
     */
    void check(boolean asserted) throws IOException {
        if (from.file().equals(to.file())) {
            checkNumbers();
            return;
        }
        String one = from.bootId();
        String other = to.bootId();
        if ((one == null || other == null) && !asserted) {
            throw new IOException(BootRule.unnamed((one == null ? from : to).file()));
        }
        if (one != null && other != null && !one.equals(other)) {
            throw new IOException(BootRule.different(from.file(), to.file()));
        }
        Long nanos = from.nanosTo(to);
        if (nanos != null && nanos < 0) {
            throw new IllegalArgumentException("snapshot " + to.snapshot() + " of " + to.file()
                    + " is earlier than snapshot " + from.snapshot() + " of " + from.file() + ": swap the files");
        }
    }

    private void checkNumbers() {
        if (from.snapshot() == to.snapshot()) {
            throw new IllegalArgumentException("both are snapshot " + from.snapshot() + " of " + from.file()
                    + ": use --from, --to or two files to compare two snapshots");
        }
        if (from.snapshot() > to.snapshot()) {
            throw new IllegalArgumentException("--from is snapshot " + from.snapshot() + " and --to is snapshot "
                    + to.snapshot() + ", which is earlier: swap --from and --to");
        }
    }

    /** Returns the boot id to assume for both; null if each capture records its own. */
    @Nullable
    String assumedBoot() {
        if (from.bootId() != null && to.bootId() != null) {
            return null;
        }
        return BootRule.orUnnamed(from.bootId() == null ? to.bootId() : from.bootId());
    }

    /** Returns whether they follow each other directly in one file. */
    boolean areAdjacent() {
        return from.file().equals(to.file()) && to.snapshot() == from.snapshot() + 1;
    }
}
