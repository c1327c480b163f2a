package dev.sockreel.dump;

import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.List;

/** The sockets of several dumps by cookie: which dump lists a socket first, and which others list it too. */
public final class SharedCookies {
    private static final int NONE = -1;

    private final List<Dump> dumps;
    /** Cookie → its first entry. An entry is a cookie in one dump. */
    private final CookieIndex first;
    private final int[] dumpOf;
    private final int[] rowOf;
    /** The same cookie's entry in a later dump. */
    private final int[] next;
    private int entries;

    public SharedCookies(List<Dump> dumps) {
        this.dumps = dumps;
        int all = Math.toIntExact(dumps.stream().mapToLong(d -> d.cookies().size()).sum());
        this.first = new CookieIndex(all);
        this.dumpOf = new int[all];
        this.rowOf = new int[all];
        this.next = new int[all];
        int[] last = new int[all];
        for (int dump = 0; dump < dumps.size(); dump++) {
            int current = dump;
            CookieIndex cookies = dumps.get(dump).cookies();
            cookies.forEach(cookie -> add(cookie, current, cookies.row(cookie), last));
        }
    }

    private void add(long cookie, int dump, int row, int[] last) {
        int entry = entries++;
        dumpOf[entry] = dump;
        rowOf[entry] = row;
        next[entry] = NONE;
        if (first.add(cookie, entry)) {
            last[entry] = entry;
        } else {
            int head = first.row(cookie);
            next[last[head]] = entry;
            last[head] = entry;
        }
    }

    /** Returns whether no dump before this one lists the cookie. */
    public boolean isFirst(int dump, long cookie) {
        int head = first.row(cookie);
        return head < 0 || dumpOf[head] == dump;
    }

    /** Returns the socket in the dumps after the first that lists it. */
    public List<Socket> others(long cookie) {
        int head = first.row(cookie);
        List<Socket> found = new ArrayList<>(0);
        for (int entry = head < 0 ? NONE : next[head]; entry != NONE; entry = next[entry]) {
            SocketCursor other = dumps.get(dumpOf[entry]).cursor();
            other.moveTo(rowOf[entry]);
            found.add(other.socket());
        }
        return found;
    }
}
