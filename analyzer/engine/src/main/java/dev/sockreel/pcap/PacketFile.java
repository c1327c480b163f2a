package dev.sockreel.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of packets, read from begin to end. Memory: one packet. */
public abstract sealed class PacketFile implements AutoCloseable permits PcapFile, PcapngFile {
    /** Of one packet, bytes. No kernel sends a netlink datagram of this size; one that states more is damaged. */
    static final int MAX_PACKET_BYTES = 2 << 20;

    final PacketInput in;
    private String damage = "";

    PacketFile(PacketInput in) {
        this.in = in;
    }

    /** Bytes that {@link #open} needs to recognize a file. */
    public static final int MAGIC_BYTES = 4;

    /** pcap or pcapng by its first bytes; null for anything else. */
    public static @Nullable String format(byte[] head) {
        return PcapFile.recognizes(head) ? "pcap" : PcapngFile.recognizes(head) ? "pcapng" : null;
    }

    /**
     * Takes the stream over.
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
        throw new PacketFileException(got == 0 ? "is empty" : "does not begin as a pcap or a pcapng does");
    }

    /** Null at the end; {@link #damage()} then says whether that is the file's own. */
    public abstract @Nullable Packet next() throws IOException;

    /** Where and why the file could not be read on; empty when it was read to a clean end. */
    public String damage() {
        return damage;
    }

    /** What was passed over, a sentence each. */
    public abstract List<String> remarks();

    /** Packets that the capture itself says it lost, without a place. */
    public long droppedSomewhere() {
        return 0;
    }

    @Nullable
    Packet stop(String why) {
        damage = why;
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
