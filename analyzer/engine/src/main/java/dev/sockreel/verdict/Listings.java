package dev.sockreel.verdict;

import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dumps of one snapshot that list all sockets of their family, by what they list. */
public final class Listings {
    private final Map<DumpCookies.Scope, DumpCookies> first = new HashMap<>();

    private Listings() {}

    public static Listings of(Snapshot snapshot) {
        Listings all = new Listings();
        DumpCookies.of(snapshot).forEach(d -> all.first.putIfAbsent(d.scope(), d));
        return all;
    }

    /** Returns the first dump that answers the same request of the same kernel; null for none. */
    @Nullable
    DumpCookies of(DumpCookies.Scope scope) {
        return first.get(scope);
    }
}
