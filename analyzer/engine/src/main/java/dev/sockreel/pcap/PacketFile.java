package dev.sockreel.pcap;

import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A packet file, read from begin to end. Memory: one packet. */
public abstract sealed class PacketFile implements AutoCloseable permits PcapFile, PcapngFile {
    /** Limit for one packet, bytes. No kernel sends a netlink datagram of this size; a larger one is damaged. */
    static final int MAX_PACKET_BYTES = 2 << 20;

    final PacketInput in;
    private String damage = "";

    PacketFile(PacketInput in) {
        this.in = in;
    }

    /** Bytes that {@link #open} needs to recognize a file. */
    public static final int MAGIC_BYTES = 4;

    /** Returns {@code pcap} or {@code pcapng} according to the first bytes; null for anything else. */
    public static @Nullable String format(byte[] head) {
        return PcapFile.recognizes(head) ? "pcap" : PcapngFile.recognizes(head) ? "pcapng" : null;
    }

    /**
     * Opens a stream and takes ownership of it.
     *
     * @throws PacketFileException when the stream does not begin as such a file does
     */
    public static PacketFile open(InputStream stream) throws IOException {
        PacketInput in = new PacketInput(stream);
        byte[] head = new byte[MAGIC_BYTES];
        int got = in.read(head, 0, head.length);
        if (got == head.length && PcapFile.recognizes(head)) {
            return new PcapFile(in, head);
        }
        if (got == head.length && PcapngFile.recognizes(head)) {
            return new PcapngFile(in, head);
        }
        throw new PacketFileException(got == 0 ? "is empty" : "does not begin like a pcap or a pcapng");
    }

    /** Returns the next packet, or null at the end; then {@link #damage()} shows whether the file ended cleanly. */
    public abstract @Nullable Packet next() throws IOException;

    /** Returns where and why the file could not be read further; empty when it was read to a clean end. */
    public String damage() {
        return damage;
    }

    /** Returns a sentence for each thing that was passed over. */
    public abstract List<String> remarks();

    /** Returns how many packets the capture itself reports as lost, at no known place. */
    public long droppedSomewhere() {
        return 0;
    }

    @Nullable
    Packet stop(String why) {
        damage = why;
        return null;
    }

    /**
     * Stops where the file cannot be read further, and counts the rest.
     *
     * @param from offset at which the rest begins
     */
    @Nullable
    Packet stopBefore(String why, long from) {
        String rest = "the rest";
        try {
            in.skip(Long.MAX_VALUE);
            rest = Counted.of(in.offset() - from, "byte") + " from here on";
        } catch (IOException e) {
            rest += " (" + e.getMessage() + ")";
        }
        return stop(why + "; " + rest + " cannot be read");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
