package dev.sockreel.dump;

import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesView;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.Arrays;

/**
 * The rows of a dump in which something happened: those that appeared or are not as predicted, and those of which a
 * word that is no age is predicted to go on. What is an age is known of tcp alone: what stands in its fixed header is
 * none but for the timer's time left, and nothing that lies behind it makes a socket worth following that was not
 * before.
 */
final class ChangedRows {
    private static final int NLMSG_WORDS = 4;
    /** The end of struct inet_diag_msg in a message, words. */
    private static final int HEADER_WORDS = NLMSG_WORDS + 72 / 4;
    /** idiag_expires, words from the message's begin. */
    private static final int EXPIRES_WORD = NLMSG_WORDS + 52 / 4;

    private ChangedRows() {}

    static int[] of(ViewTable table, DumpRequest request, SeriesChanges moves) {
        int[] appeared = moves.appeared();
        int[] changed = moves.changed();
        int[] moving = moving(table, request);
        int[] all = new int[appeared.length + changed.length + moving.length];
        System.arraycopy(appeared, 0, all, 0, appeared.length);
        System.arraycopy(changed, 0, all, appeared.length, changed.length);
        System.arraycopy(moving, 0, all, appeared.length + changed.length, moving.length);
        Arrays.sort(all);
        int count = 0;
        for (int row : all) {
            if (row < table.sockets() && (count == 0 || all[count - 1] != row)) {
                all[count++] = row;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private static int[] moving(ViewTable table, DumpRequest request) {
        SeriesView view = table.view();
        boolean tcp = request.isInet() && request.protocol() == InetProtocol.IPPROTO_TCP;
        boolean[] moves = new boolean[view.profiles()];
        boolean any = false;
        for (int profile = 0; profile < moves.length; profile++) {
            moves[profile] = moves(view.clockedWords(profile), tcp);
            any |= moves[profile];
        }
        int[] rows = new int[any ? 64 : 0];
        int count = 0;
        for (int row = 0; any && row < table.sockets(); row++) {
            if (moves[view.profile(row)]) {
                rows = count == rows.length ? Arrays.copyOf(rows, count * 2) : rows;
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private static boolean moves(int[] words, boolean tcp) {
        for (int word : words) {
            if (!tcp || word < HEADER_WORDS && word != EXPIRES_WORD) {
                return true;
            }
        }
        return false;
    }
}
