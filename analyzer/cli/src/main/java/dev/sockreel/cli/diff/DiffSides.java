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
        String one = from.bootId();
        String other = to.bootId();
        if (one != null && other != null && !one.equals(other)) {
            throw new IOException(BootRule.different(from.file(), to.file()));
        }
        if (from.isOfSameFile(to)) {
            checkNumbers();
            return;
        }
        if ((one == null || other == null) && !asserted) {
            throw new IOException(BootRule.unnamed((one == null ? from : to).file()));
        }
        Long nanos = from.nanosTo(to);
        if (nanos != null && nanos < 0) {
            throw new IllegalArgumentException("snapshot " + to.snapshot() + " of " + to.file()
                    + " is earlier than snapshot " + from.snapshot() + " of " + from.file() + ": swap the files");
        }
    }

    private void checkNumbers() {
        boolean copied = !from.file().equals(to.file());
        if (from.snapshot() == to.snapshot()) {
            throw new IllegalArgumentException("both are snapshot " + from.snapshot() + " of " + from.file()
                    + (copied ? ", which " + to.file() + " is a copy of: use --from or --to"
                            : ": use --from, --to or two files")
                    + " to compare two snapshots");
        }
        if (from.snapshot() > to.snapshot()) {
            throw new IllegalArgumentException("--from is snapshot " + from.snapshot() + " and --to is snapshot "
                    + to.snapshot() + ", which is earlier: swap " + (copied ? "the files" : "--from and --to"));
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

    /** Returns whether they follow each other directly in one file, or in it and a copy of it. */
    boolean areAdjacent() {
        return from.isOfSameFile(to) && to.snapshot() == from.snapshot() + 1;
    }
}
