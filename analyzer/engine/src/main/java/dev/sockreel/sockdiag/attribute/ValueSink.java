package dev.sockreel.sockdiag.attribute;

/**
 * Takes values one after another; a renderer decides what becomes of them.
 *
 * @param <E> thrown when a value cannot be taken, such as IOException; RuntimeException for none
 */
public interface ValueSink<E extends Exception> {
    void beginObject() throws E;

    void endObject() throws E;

    void beginArray() throws E;

    void endArray() throws E;

    /** Names the next value inside an object. */
    void name(String name) throws E;

    void number(long value) throws E;

    /** All 64 bits count. */
    void unsigned(long value) throws E;

    void text(String value) throws E;

    void truth(boolean value) throws E;

    /** There is no value, or it is not known. */
    void nothing() throws E;

    /** Bytes whose meaning is not known. */
    void hex(byte[] bytes) throws E;
}
