package dev.sockreel.series;

/** Counts the memory of one series against its limit, bytes. What is counted is what arrays hold, headers aside. */
final class Budget {
    private final long limitBytes;
    private long taken;

    Budget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Counts memory that is about to be allocated. */
    void take(long bytes) throws SeriesTooLargeException {
        if (bytes > limitBytes - taken) {
            throw new SeriesTooLargeException("one series of dumps needs more than " + limitBytes + " bytes of memory");
        }
        taken += bytes;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }

    long taken() {
        return taken;
    }
}
