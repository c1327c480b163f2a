package dev.sockreel.snapshot;

import java.util.List;

/** The sockets that a snapshot lists, by their cookies alone: what is worth keeping of it to know what is new. */
public final class Listed {
    public static final Listed NONE = new Listed(List.of());

    private final List<Listing> listings;

    private Listed(List<Listing> listings) {
        this.listings = listings;
    }

    public static Listed of(Snapshot snapshot) {
        return new Listed(snapshot.dumps().stream().map(d -> Listing.of(snapshot, d)).toList());
    }

    public boolean has(SocketIdentity socket) {
        return listings.stream()
                .filter(l -> l.boot().equals(socket.boot()) && l.netns() == socket.netns())
                .anyMatch(l -> l.cookies().row(socket.cookie()) >= 0);
    }
}
