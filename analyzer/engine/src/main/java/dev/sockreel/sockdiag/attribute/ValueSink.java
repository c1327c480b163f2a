package dev.sockreel.sockdiag.attribute;

/** Takes values one after another; a renderer decides what becomes of them. */
public interface ValueSink {
    void beginObject();

    void endObject();

    void beginArray();

    void endArray();

    /** Gives the name of the next value, inside an object. */
    void name(String name);

    void number(long value);

    /** Takes a number of 64 bits without a sign. */
    void unsigned(long value);

    void text(String value);

    void truth(boolean value);

    /** Stands for a value that is absent or not known. */
    void nothing();

    /** Takes bytes whose meaning is not known. */
    void hex(byte[] bytes);
}
