package dev.sockreel.sockdiag.attribute;

/** Receives values one after another; a renderer decides how to write them. */
public interface ValueSink {
    void beginObject();

    void endObject();

    void beginArray();

    void endArray();

    /** Receives the name of the next value, inside an object. */
    void name(String name);

    void number(long value);

    /** Receives an unsigned 64-bit number. */
    void unsigned(long value);

    void text(String value);

    void truth(boolean value);

    /** Receives the absence of a value, or an unknown one. */
    void nothing();

    /** Receives bytes whose meaning is not known. */
    void hex(byte[] bytes);
}
