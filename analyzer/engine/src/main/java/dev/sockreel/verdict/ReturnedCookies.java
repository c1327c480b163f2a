package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.RowChanges;
import dev.sockreel.snapshot.DumpCookies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that a dump lacks although an earlier and a later one list them, found in what each of these dumps
 * changed against the one before: a cookie that went, now or in the dump before, and came again in one of the two
 * after.
 */
record ReturnedCookies(CookieIndex index) {
    /**
     * Compares dumps of one series.
     *
     * @param earlier the dumps before, the nearest first
     * @param later   the dumps after, the nearest first
     * @return null when it is not known of all of them what they changed
     */
    static @Nullable ReturnedCookies of(List<DumpCookies> earlier, Dump dump, List<DumpCookies> later) {
        RowChanges own = dump.changes();
        if (earlier.isEmpty() || later.isEmpty()) {
            return new ReturnedCookies(CookieIndex.NONE);
        }
        List<RowChanges> after = followers(dump, later);
        if (own == null || after == null || earlier.getFirst().dump().begin().dump() != own.dumpBefore()) {
            return null;
        }
        RowChanges before = null;
        if (earlier.size() > 1) {
            before = earlier.getFirst().dump().changes();
            if (before == null || earlier.get(1).dump().begin().dump() != before.dumpBefore()) {
                return null;
            }
        }
        return new ReturnedCookies(index(before, own, after));
    }

    /** Returns the changes of dumps that follow one another; null when one is not known or does not follow. */
    private static @Nullable List<RowChanges> followers(Dump dump, List<DumpCookies> later) {
        List<RowChanges> all = new ArrayList<>();
        int number = dump.begin().dump();
        for (DumpCookies next : later) {
            RowChanges changes = next.dump().changes();
            if (changes == null || changes.dumpBefore() != number) {
                return null;
            }
            all.add(changes);
            number = next.dump().begin().dump();
        }
        return all;
    }

    private static CookieIndex index(@Nullable RowChanges before, RowChanges own, List<RowChanges> after) {
        Set<Long> missing = new HashSet<>();
        if (before != null) {
            add(before.gone(), missing);
        }
        for (long cookie : own.appeared()) {
            missing.remove(cookie);
        }
        add(own.gone(), missing);
        Set<Long> returned = new HashSet<>();
        for (RowChanges next : after) {
            for (long cookie : next.appeared()) {
                if (missing.contains(cookie)) {
                    returned.add(cookie);
                }
            }
        }
        if (returned.isEmpty()) {
            return CookieIndex.NONE;
        }
        CookieIndex index = new CookieIndex(returned.size());
        returned.forEach(cookie -> index.add(cookie, 0));
        return index;
    }

    private static void add(long[] cookies, Set<Long> to) {
        for (long cookie : cookies) {
            to.add(cookie);
        }
    }
}
