package dev.sockreel.cli.ss.text;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells that rows of all kinds have. What is not known is {@code ?}, where ss would print a 0 that nobody
 * measured.
 */
public final class Cells {
    public static final String UNKNOWN = "?";
    private static final int QUEUE_WIDTH = 6;

    /** ss's short names of the SK_MEMINFO words, a comma between them. */
    private static final String[] WORDS = {"r", ",rb", ",t", ",tb", ",f", ",w", ",o", ",bl", ",d"};
    private static final StructField[] SKMEM = SkMemInfo.fields().toArray(StructField[]::new);

    /** Writes netid, state and queues. */
    static void begin(Grid grid, String netid, String state, Queue recvQ, Queue sendQ) {
        grid.to(Column.NETID).put(netid);
        begin(grid, state, recvQ.kernelNumber(), sendQ.kernelNumber());
    }

    /** Writes state and queues; -1 stands for a queue that is not known. */
    static void begin(Grid grid, String state, long recvQ, long sendQ) {
        grid.to(Column.STATE).put(state);
        queue(grid.to(Column.RECV_Q), recvQ);
        queue(grid.to(Column.SEND_Q), sendQ);
    }

    private static void queue(Grid grid, long number) {
        if (number < 0) {
            grid.put(UNKNOWN);
        } else {
            grid.put(number);
        }
        grid.pad(QUEUE_WIDTH);
    }

    /** Writes HOST:PORT as {@code ss -n} does; {@code ?:?} for an address that is not known. */
    static void local(Grid grid, @Nullable SocketAddress address) {
        local(grid, host(address), ":", port(address));
    }

    static void peer(Grid grid, @Nullable SocketAddress address) {
        peer(grid, host(address), ":", port(address));
    }

    static String host(@Nullable SocketAddress address) {
        return address == null ? UNKNOWN : AddressText.host(address);
    }

    static String port(@Nullable SocketAddress address) {
        return address == null ? UNKNOWN : AddressText.port(address);
    }

    /** Writes {@code ADDRESS:PORT} in two cells. */
    static void local(Grid grid, String address, String delimiter, String port) {
        grid.to(Column.LOCAL_ADDRESS).put(address).put(delimiter);
        grid.to(Column.LOCAL_PORT).put(port);
    }

    static void peer(Grid grid, String address, String delimiter, String port) {
        grid.to(Column.PEER_ADDRESS).put(address).put(delimiter);
        grid.to(Column.PEER_PORT).put(port);
    }

    /** Writes {@code *}, where there is no peer. */
    static void noPeer(Grid grid) {
        peer(grid, "", "*", "");
    }

    /**
     * Writes {@code users:(("name",pid=1,fd=3))}, the last process first, as ss lists them, and goes on to the next
     * column.
     */
    static void processes(SocketRow row, Display display, Grid grid) {
        grid.to(Column.PROCESS);
        if (display.processes()) {
            List<Owner> owners = row.owners();
            if (owners != null && !owners.isEmpty()) {
                users(owners, grid);
            } else if (owners == null && display.owners()) {
                grid.put(" users:").put(UNKNOWN);
            }
        }
        grid.to(Column.MORE);
    }

    private static void users(List<Owner> owners, Grid grid) {
        grid.put(" users:(");
        for (int i = owners.size() - 1; i >= 0; i--) {
            Owner owner = owners.get(i);
            grid.put("(\"").put(owner.comm()).put("\",pid=").put(owner.pid()).put(",fd=").put(owner.fd()).put(')');
            grid.put(i > 0 ? "," : ")");
        }
    }

    /** Writes what {@code -e} adds: user, inode, cookie, mark and cgroup. */
    static void details(Socket s, Grid grid) {
        if (s.uid() > 0) {
            grid.put(" uid:").put(s.uid());
        }
        number(" ino:", s.inode(), Socket.UNKNOWN, grid);
        long cookie = s.cookie();
        grid.put(" sk:");
        if (cookie == Socket.NO_COOKIE) {
            grid.put(UNKNOWN);
        } else {
            grid.putHex(cookie);
        }
        long mark = s.value(InetDiagMsg.MARK, 0);
        if (mark != 0) {
            grid.put(" fwmark:0x").putHex(mark);
        }
        cgroup(s, grid);
    }

    /** Writes what ss prints of a cgroup that it does not find: a recording has no paths of cgroups. */
    static void cgroup(Socket s, Grid grid) {
        long id = s.value(InetDiagMsg.CGROUP_ID, 0);
        if (id != 0) {
            grid.put(" cgroup:unreachable:").putHex(id);
        }
    }

    static void number(String label, long value, long unknown, Grid grid) {
        grid.put(label);
        if (value == unknown) {
            grid.put(UNKNOWN);
        } else {
            grid.put(value);
        }
    }

    /** Writes the directions that are open. */
    static void shutdown(Socket s, Grid grid) {
        long mask = s.value(InetDiagMsg.SHUTDOWN, -1);
        if (mask >= 0) {
            grid.put(' ').put((mask & 1) != 0 ? '-' : '<').put('-').put((mask & 2) != 0 ? '-' : '>');
        }
    }

    /** Writes {@code skmem:(…)}, as many words as the kernel sent. */
    static boolean skmem(Socket s, Grid grid) {
        if (s.value(SKMEM[0], -1) < 0) {
            return false;
        }
        grid.put(" skmem:(");
        for (int i = 0; i < SKMEM.length; i++) {
            long value = s.value(SKMEM[i], -1);
            if (value >= 0) {
                grid.put(WORDS[i]).put(value);
            }
        }
        grid.put(')');
        return true;
    }

    /** Returns whether a row stands in /proc/net alone: ss shows less of these. */
    public static boolean isText(Socket s) {
        return s.source().equals("proc");
    }

    /** Returns the name of a device, or what ss prints of one that it does not know. */
    static String device(SocketRow row, int ifindex) {
        String name = row.interfaceName();
        return name == null ? "if" + ifindex : name;
    }

    private Cells() {}
}
