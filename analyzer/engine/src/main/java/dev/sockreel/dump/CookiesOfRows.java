package dev.sockreel.dump;

import dev.sockreel.sockdiag.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cookies of a dump, collected when they are first asked for. Dumps that list the same rows share them. */
final class CookiesOfRows implements Supplier<CookieIndex> {
    private @Nullable Supplier<long[]> source;
    private CookieIndex index = CookieIndex.NONE;

    /** Creates cookies that are known already. */
    CookiesOfRows(CookieIndex index) {
        this.index = index;
    }

    /** @param source returns the cookie of each row, {@link Socket#NO_COOKIE} for none */
    CookiesOfRows(Supplier<long[]> source) {
        this.source = source;
    }

    @Override
    public CookieIndex get() {
        Supplier<long[]> from = source;
        if (from != null) {
            long[] cookies = from.get();
            CookieIndex made = new CookieIndex(cookies.length);
            for (int row = 0; row < cookies.length; row++) {
                made.add(cookies[row], row);
            }
            index = made;
            source = null;
        }
        return index;
    }
}
