package dev.sockreel.dump;

import dev.sockreel.capture.chain.DumpContent;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.series.Datagrams;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesView;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.SocketDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dumps of one series, each assembled from what it changed against the one before: messages that did not change
 * were examined before. That works from one dump without any fault to the next; others are assembled from their
 * datagrams.
 */
public final class DumpSeries {
    private static final int FLAGS_AT = 6;
    private static final int TYPE_AT = 4;

    /** The last dump, if it is without fault and one of a view. */
    private @Nullable Dump last;
    private CookieSet cookies = new CookieSet();

    /**
     * Assembles a dump from its changes.
     *
     * @return null when something about it must be examined, or there is no dump before
     */
    public @Nullable Dump assemble(DumpAssembler begun, DumpEnd end, DumpContent content) {
        DumpBegin begin = begun.begin();
        DumpRequest request = begun.request();
        List<Fault> faults = begun.faults();
        Dump before = last;
        last = null;
        SeriesChanges moves = content.changes();
        if (before == null || moves == null || !(before.table() instanceof ViewTable old)
                || old.view() != content.before() || !concernNoMessage(faults)
                || !isWhole(content.view(), begin, end, request)) {
            return null;
        }
        SeriesView view = content.view();
        ViewTable table = new ViewTable(view, view.size() - 1, begun.order());
        if (!areSockets(moves.appeared(), table, request) || !areSockets(moves.changed(), table, request)) {
            return null;
        }
        RowChanges changes = changes(before, old, table, request, moves);
        if (!adopt(changes)) {
            return null;
        }
        boolean sameRows = changes.appeared().length == 0 && changes.gone().length == 0 && !moves.restructured();
        Dump made = new Dump(begin, end, request, begun.order(), table,
                sameRows ? before.listed() : new CookiesOfRows(() -> cookiesOf(table)),
                changes, null, CookieIndex.NONE, faults, DumpVerdict.of(faults), bytes(view));
        Dump totalled = withTotals(made, before, changes);
        last = totalled;
        return totalled;
    }

    /** Returns whether messages with these faults of their dump are as good as any. */
    private static boolean concernNoMessage(List<Fault> faults) {
        return faults.stream().allMatch(f -> f.kind() == DumpFault.RECEIVER_WAITED);
    }

    /** Returns whether the datagrams are all there, in order, plain, and end with NLMSG_DONE without an errno. */
    private static boolean isWhole(SeriesView view, DumpBegin begin, @Nullable DumpEnd end, DumpRequest request) {
        Datagrams datagrams = view.datagrams();
        if (end == null || end.outcome() != DumpEnd.Outcome.DONE || end.errno() != 0
                || end.datagrams() != datagrams.count() || view.size() == 0
                || view.cookieAt() < 0 || mayRepeatCookies(request)) {
            return false;
        }
        for (int i = 0; i < datagrams.count(); i++) {
            if (datagrams.whole(i) != null || datagrams.number(i) != i || datagrams.msgFlags(i) != 0) {
                return false;
            }
        }
        boolean answers = begin.request().length == 0 || (view.word(0, 2) & 0xFFFFFFFFL) == request.seq();
        return answers && endsWithDone(view);
    }

    private static boolean endsWithDone(SeriesView view) {
        int done = view.size() - 1;
        byte[] message = new byte[view.length(done)];
        view.copy(done, message, 0);
        return view.words().get16(message, TYPE_AT) == Nlmsghdr.NLMSG_DONE
                && !isInterrupted(view, message)
                && message.length >= Nlmsghdr.BYTES + 4 && view.words().get(message, Nlmsghdr.BYTES) == 0;
    }

    private static boolean isInterrupted(SeriesView view, byte[] message) {
        return (view.words().get16(message, FLAGS_AT) & Nlmsghdr.NLM_F_DUMP_INTR) != 0;
    }

    /** sctp lists associations under their socket's cookie, and netlink sockets with groups twice. */
    private static boolean mayRepeatCookies(DumpRequest request) {
        return request.family() == Family.AF_NETLINK || request.protocol() == InetProtocol.IPPROTO_SCTP;
    }

    /** Returns whether messages are sockets of the kind that was asked for, with nothing wrong about them. */
    private static boolean areSockets(int[] positions, ViewTable table, DumpRequest request) {
        if (positions.length == 0) {
            return true;
        }
        SocketDecoder decoder = new SocketDecoder(request, table.order());
        SocketTable.Messages messages = table.messages();
        for (int position : positions) {
            if (position >= table.sockets()) {
                continue; // NLMSG_DONE
            }
            messages.moveTo(position);
            DiagSocket socket = decoder.at(messages.bytes(), messages.end(), 0, messages.length());
            boolean interrupted = (flags(messages, table.order()) & Nlmsghdr.NLM_F_DUMP_INTR) != 0;
            if (socket == null || interrupted || socket.attributesBroken()) {
                return false;
            }
        }
        return true;
    }

    private static int flags(SocketTable.Messages messages, ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN
                ? messages.bytes().getUnsignedShortLE(FLAGS_AT) : messages.bytes().getUnsignedShort(FLAGS_AT);
    }

    private static RowChanges changes(
            Dump before, ViewTable old, ViewTable table, DumpRequest request, SeriesChanges moves) {
        int[] goneRows = rowsOf(moves.gone(), old.sockets());
        int[] appearedRows = rowsOf(moves.appeared(), table.sockets());
        return new RowChanges(
                before.begin().dump(), old, ChangedRows.of(table, request, moves),
                cookiesAt(table, appearedRows), cookiesAt(old, goneRows), goneRows, moves);
    }

    private static int[] rowsOf(int[] positions, int sockets) {
        int count = positions.length;
        while (count > 0 && positions[count - 1] >= sockets) {
            count--;
        }
        return Arrays.copyOf(positions, count);
    }

    private static long[] cookiesAt(ViewTable table, int[] rows) {
        long[] all = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            all[i] = table.cookie(rows[i]);
        }
        return all;
    }

    private static long[] cookiesOf(ViewTable table) {
        long[] all = new long[table.sockets()];
        for (int row = 0; row < all.length; row++) {
            all[row] = table.cookie(row);
        }
        return all;
    }

    /** Adds and removes cookies. Returns false if one is listed twice. */
    private boolean adopt(RowChanges changes) {
        for (long cookie : changes.gone()) {
            cookies.remove(cookie);
        }
        for (long cookie : changes.appeared()) {
            if (cookie == Socket.NO_COOKIE || cookie == 0 || !cookies.add(cookie)) {
                return false;
            }
        }
        return true;
    }

    private static Dump withTotals(Dump made, Dump before, RowChanges changes) {
        DumpTotals totals = before.totals();
        if (totals == null) {
            return made.with(SocketTotals.of(made));
        }
        if (changes.isNothing()) {
            return made.with(totals);
        }
        boolean unix = made.request().family() == Family.AF_UNIX;
        boolean tcp = SocketTotals.isTcp(made);
        SocketCursor now = made.cursor();
        SocketCursor then = made.cursorBefore(changes);
        for (int row : changes.rows()) {
            now.moveTo(row);
            totals = totals.plus(SocketTotals.of(now.socket(), unix, tcp));
            int rowBefore = changes.rowBefore(row);
            if (rowBefore >= 0) {
                then.moveTo(rowBefore);
                totals = totals.minus(SocketTotals.of(then.socket(), unix, tcp));
            }
        }
        for (int row : changes.goneRows()) {
            then.moveTo(row);
            totals = totals.minus(SocketTotals.of(then.socket(), unix, tcp));
        }
        return made.with(totals);
    }

    private static long bytes(SeriesView view) {
        long bytes = 0;
        for (int i = 0; i < view.datagrams().count(); i++) {
            bytes += view.datagrams().length(i);
        }
        return bytes;
    }

    /**
     * Takes a dump that was assembled from its datagrams. One without fault is returned as a view, from which the next
     * can be assembled.
     */
    public Dump take(Dump assembled, @Nullable DumpContent content) {
        last = null;
        if (content == null || !concernNoMessage(assembled.faults())
                || !isWhole(content.view(), assembled.begin(), assembled.end(), assembled.request())
                || assembled.sockets() != content.view().size() - 1) {
            return assembled;
        }
        cookies = new CookieSet();
        assembled.cookies().forEach(cookies::add);
        ViewTable table = new ViewTable(content.view(), assembled.sockets(), assembled.order());
        Dump viewed = assembled.of(table);
        last = viewed.with(SocketTotals.of(viewed));
        return last;
    }
}
