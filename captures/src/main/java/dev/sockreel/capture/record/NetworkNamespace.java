package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace. Later records refer to it by {@code netns}. Repeated in every snapshot, so that a reader may
 * begin at any.
 *
 * @param netns      number of the namespace in this file
 * @param inode      inode of /proc/self/ns/net, 0 when unknown; inodes are reused after a namespace ends
 * @param cookie     SO_NETNS_COOKIE, never reused within a boot; 0 when unknown
 * @param name       name under /run/netns, or a path; empty for the recorder's own namespace
 * @param interfaces the interfaces at that time
 */
public record NetworkNamespace(int netns, long inode, long cookie, String name,
        List<Interface> interfaces) implements CaptureRecord {
    static final int TYPE = 3;

    /** One network interface. */
    public record Interface(int ifindex, String name) {}

    public NetworkNamespace {
        interfaces = List.copyOf(interfaces);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 4 + 8 + 8 + Body.maxText(name) + 4
                + interfaces.stream().mapToInt(i -> 4 + Body.maxText(i.name())).sum();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(netns);
        out.writeLongLE(inode);
        out.writeLongLE(cookie);
        Body.writeText(out, name);
        out.writeIntLE(interfaces.size());
        for (Interface i : interfaces) {
            out.writeIntLE(i.ifindex());
            Body.writeText(out, i.name());
        }
    }

    static NetworkNamespace decode(ByteBuf in) throws BadRecordException {
        int netns = in.readIntLE();
        long inode = in.readLongLE();
        long cookie = in.readLongLE();
        String name = Body.readText(in);
        int count = Body.readCount(in, 8);
        List<Interface> interfaces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            interfaces.add(new Interface(in.readIntLE(), Body.readText(in)));
        }
        return new NetworkNamespace(netns, inode, cookie, name, interfaces);
    }
}
