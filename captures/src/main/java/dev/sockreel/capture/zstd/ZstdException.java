package dev.sockreel.capture.zstd;

import java.io.IOException;

/** Reports a zstd frame that is damaged, or requires what is not supported (a dictionary, a larger window). */
public final class ZstdException extends IOException {
    private static final long serialVersionUID = 1;

    ZstdException(String message) {
        super(message);
    }
}
