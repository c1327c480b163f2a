package dev.sockreel.pcap;

import java.io.IOException;

/**
 * Thrown when the file is not what its first bytes say. The message continues a sentence that begins with the file's
 * name.
 */
public final class PacketFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public PacketFileException(String message) {
        super(message);
    }
}
