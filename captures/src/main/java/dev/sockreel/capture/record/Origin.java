package dev.sockreel.capture.record;

import org.jspecify.annotations.Nullable;

/** The origin of a dump's bytes; {@link #number()} is its number in the file. */
public enum Origin implements Numbered {
    LIVE(1, "live"),
    SS_DUMP(2, "ss-dump"),
    PCAP(3, "pcap"),
    DATAGRAM_LOG(4, "datagram-log");

    private final int number;
    private final String id;

    Origin(int number, String id) {
        this.number = number;
        this.id = id;
    }

    @Override
    public int number() {
        return number;
    }

    public String id() {
        return id;
    }

    /** Returns the origin, or null for a number this version does not know. */
    static @Nullable Origin of(int number) {
        return Numbered.of(values(), number);
    }
}
