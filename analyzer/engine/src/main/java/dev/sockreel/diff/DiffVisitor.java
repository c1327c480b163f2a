package dev.sockreel.diff;

import dev.sockreel.history.NotObservedReason;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;

/**
 * Takes the differences, one socket at a time: first all that appeared, then all that are gone, then those that one
 * snapshot did not observe, then the changed, unless {@link #changedFirst}. A row is valid until the method returns.
 */
public interface DiffVisitor {
    /** Returns whether the changed come before all others. */
    default boolean changedFirst() {
        return false;
    }

    /** The snapshot before does not have it, this one has. */
    void appeared(SocketRow row) throws IOException;

    /** The kernel's tables no longer have it. That is not closed and not read. */
    void gone(SocketRow row) throws IOException;

    /**
     * One of the snapshots lists it, and the other does not show that it is not there.
     *
     * @param inFrom true if the earlier snapshot does not show it, false for the later one
     */
    void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException;

    /** Both list it. */
    void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException;
}
