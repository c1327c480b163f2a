package dev.sockreel.sockdiag.attribute;

/** Takes values one after another; a renderer decides what becomes of them. */
public interface ValueSink {
    void beginObject();

    void endObject();

    void beginArray();

    void endArray();

    /** Of the next value, inside an object. */
    void name(String name);

    void number(long value);

    /** All 64 bits count. */
    void unsigned(long value);

    void text(String value);

    void truth(boolean value);

    /** There is no value, or it is not known. */
    void nothing();

    /** Bytes whose meaning is not known. */
    void hex(byte[] bytes);
}
