package dev.sockreel.track;

import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding with what it was found on.
 *
 * @param track     the socket
 * @param window    the part of the track that shows the problem
 * @param listeners of a connection that waits to be accepted: the listener, or all that may be; empty for others
 * @param moves     whether something moves meanwhile: the reader reads, only too slowly
 * @param ended     whether what stood still moved on after the window
 * @param root      the finding that this one follows from, of another socket; null for none
 */
public record Found(Finding finding, Track track, Window window, List<SocketRow> listeners, boolean moves,
        boolean ended, @Nullable Found root) {
    public Found {
        listeners = List.copyOf(listeners);
    }

    /** Returns whether this host itself could not send throughout the window: no process is to blame. */
    public boolean isHeldBack() {
        return window.observations().stream().allMatch(o -> o.tcp().isHeldBack());
    }

    public Found with(Finding other) {
        return new Found(other, track, window, listeners, moves, ended, root);
    }

    /** Returns the same as a consequence of another finding. */
    public Found withRoot(Found other) {
        return new Found(finding, track, window, listeners, moves, ended, other);
    }
}
