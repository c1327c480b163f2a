package dev.sockreel.track;

import dev.sockreel.snapshot.Owner;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The processes that hold a socket's descriptor, as far as it was recorded. */
public enum Holders {
    /** No scan shows it. */
    UNKNOWN,
    /** A complete scan of the same snapshot, made after the dump, found no process that holds it. */
    NOBODY,
    /** One or more processes, at least one of which is not stopped. */
    RUNNING,
    /** Processes that are all stopped by a signal. */
    STOPPED;

    static Holders of(@Nullable List<Owner> owners) {
        if (owners == null) {
            return UNKNOWN;
        }
        if (owners.isEmpty()) {
            return NOBODY;
        }
        return owners.stream().allMatch(Owner::isStopped) ? STOPPED : RUNNING;
    }

    /** Returns whether the same processes hold it by the same descriptors, all in the same state. */
    static boolean areSame(@Nullable List<Owner> a, @Nullable List<Owner> b) {
        if (a == null || b == null || a.size() != b.size()) {
            return a == b;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i).pid() != b.get(i).pid() || a.get(i).fd() != b.get(i).fd()
                    || !Objects.equals(a.get(i).state(), b.get(i).state())) {
                return false;
            }
        }
        return true;
    }
}
