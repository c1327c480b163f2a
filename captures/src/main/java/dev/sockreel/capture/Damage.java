package dev.sockreel.capture;

/**
 * A place of a file that cannot be read as it was written.
 *
 * @param offset        first byte of it, from the file's begin
 * @param bytes         how long it is
 * @param group         number of the group, or of the one that should stand there
 * @param firstSnapshot the last snapshot known to begin before it, -1 for none
 * @param why           one clause: what was expected and what was found
 */
public record Damage(Kind kind, long offset, long bytes, int group, int firstSnapshot, String why) {
    public enum Kind {
        /** The file ends inside something. */
        CUT,
        /** A checksum does not fit. */
        CHECKSUM,
        /** Bytes that are no frame of this format, or the groups' numbers leave a gap. */
        LOST
    }
}
