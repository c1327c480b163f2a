package dev.sockreel.series;

/** The messages of a dump by position: their bytes, and what is kept beside them. */
final class Messages {
    final Chunks chunks;
    final Profiles profiles;
    Rows rows;

    Messages(Chunks chunks, Profiles profiles, Rows rows) {
        this.chunks = chunks;
        this.profiles = profiles;
        this.rows = rows;
    }

    /** Returns the same for a view; changes of this one do not reach it. */
    Messages snapshot() {
        return new Messages(chunks.snapshot(), profiles.snapshot(), rows.snapshot());
    }

    int size() {
        return rows.count;
    }

    Profile profile(int position) {
        return profiles.get(rows.meta[position] & Rows.PROFILE);
    }

    /** Returns the length of a message with its padding. */
    int bytes(int position) {
        return profile(position).shape.bytes;
    }

    byte[] chunk(int position) {
        return chunks.bytes(rows.places[position]);
    }

    /** Returns the offset of a message in its chunk. */
    int at(int position) {
        return Chunks.at(rows.places[position]);
    }

    /** Moves messages out of chunks that are mostly dead. */
    void compact() throws SeriesTooLargeException {
        if (!chunks.isSparse()) {
            return;
        }
        boolean[] isSparse = chunks.sparse();
        for (int i = 0; i < rows.count; i++) {
            int place = rows.places[i];
            if (isSparse[Chunks.chunk(place)]) {
                int bytes = bytes(i);
                int to = chunks.add(bytes);
                System.arraycopy(chunks.bytes(place), Chunks.at(place), chunks.bytes(to), Chunks.at(to), bytes);
                chunks.drop(place, bytes);
                rows.places[i] = to;
            }
        }
    }
}
