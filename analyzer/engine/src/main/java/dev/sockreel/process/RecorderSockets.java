package dev.sockreel.process;

import dev.sockreel.capture.record.OwnSockets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sockets that the recorder opened itself to take a snapshot, by namespace. */
public final class RecorderSockets {
    private record Numbers(Map<Long, Long> inodesByCookie, Set<Long> inodes) {}

    private final Map<Integer, Numbers> byNetns = new HashMap<>();

    public RecorderSockets(List<OwnSockets> recorded) {
        for (OwnSockets part : recorded) {
            Numbers numbers =
                    byNetns.computeIfAbsent(part.netns(), n -> new Numbers(new HashMap<>(), new HashSet<>()));
            for (OwnSockets.Own own : part.sockets()) {
                if (own.cookie() != 0) {
                    numbers.inodesByCookie.put(own.cookie(), own.inode());
                }
                if (own.inode() != 0) {
                    numbers.inodes.add(own.inode());
                }
            }
        }
    }

    /**
     * Returns whether this is one of them. Where the cookie is known on both sides it decides together with the inode:
     * old kernels number cookies in each namespace, and inodes come again after 2^32.
     *
     * @param netns  number of the namespace in the file
     * @param inode  0 or negative: not known
     * @param cookie 0: not known
     */
    public boolean has(int netns, long inode, long cookie) {
        Numbers numbers = byNetns.get(netns);
        if (numbers == null) {
            return false;
        }
        if (cookie == 0 || numbers.inodesByCookie.isEmpty()) {
            return inode > 0 && numbers.inodes.contains(inode);
        }
        Long known = numbers.inodesByCookie.get(cookie);
        return known != null && (known == 0 || inode <= 0 || known == inode);
    }
}
