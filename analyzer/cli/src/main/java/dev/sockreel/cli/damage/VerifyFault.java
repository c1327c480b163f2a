package dev.sockreel.cli.damage;

import dev.sockreel.capture.Damage;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A fault that {@code verify} found, and its place, which is null where it has none of a kind.
 *
 * @param id       of the kind of fault: that of a dump's fault, or {@code checksum}, {@code file-cut}, {@code
 *                 contradiction}, {@code limit}
 * @param snapshot its number
 * @param family   of the dump
 * @param dump     its number in the snapshot
 * @param table    the path of a table of /proc/net
 * @param where    the place in the dump or file, for people
 * @param why      a clause
 */
record VerifyFault(
        String id, @Nullable Integer snapshot, @Nullable String family, @Nullable Integer dump,
        @Nullable String table, @Nullable String where, String why) {

    static VerifyFault of(Snapshot s, Dump dump, Fault f) {
        return new VerifyFault(
                f.kind().id(), s.index(), dump.family(), dump.begin().dump(), null, f.where(), f.why());
    }

    static VerifyFault of(Snapshot s, ProcFile text, Fault f) {
        return new VerifyFault(f.kind().id(), s.index(), null, null, text.path(), null, f.why());
    }

    static VerifyFault of(Snapshot s, String id, String why) {
        return new VerifyFault(id, s.index(), null, null, null, null, why);
    }

    static VerifyFault of(Damage d) {
        String id = switch (d.kind()) {
            case CUT -> "file-cut";
            case CHECKSUM, LOST -> "checksum";
            case CONTRADICTION -> "contradiction";
            case LIMIT -> "limit";
        };
        return new VerifyFault(id, null, null, null, null, d.where(), d.why());
    }
}
