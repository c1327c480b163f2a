package dev.sockreel.snapshot;

/**
 * Takes the sockets of a snapshot one after another.
 *
 * @param <E> thrown when a row cannot be taken, such as IOException; RuntimeException for none
 */
@FunctionalInterface
public interface RowVisitor<E extends Exception> {
    /** @param row valid until this returns; {@link SocketRow#hold()} keeps it */
    void row(SocketRow row) throws E;
}
