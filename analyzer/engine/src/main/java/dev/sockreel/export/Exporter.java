package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;

/** Writes sockets in a format that other programs read. Has no state. */
public interface Exporter {
    /** Returns the name for {@code --to}. */
    String format();

    /** Returns whether the format can hold the sockets of this dump. */
    boolean holds(Dump dump);

    /** Returns whether the format can hold sockets known only from the text of /proc/net. */
    default boolean holdsProcText() {
        return true;
    }

    /** Returns the sockets that the format can hold, as a plural for people. */
    default String held() {
        return "sockets";
    }

    /** Returns a clause on what the file has of sockets known only from the text of /proc/net; empty for nothing. */
    default String aboutProcText() {
        return "";
    }

    /** Returns whether the file is not for people's eyes. */
    default boolean isBinary() {
        return false;
    }

    /** Returns a clause on programs that read only the first of several snapshots; empty where all do. */
    default String aboutSeveral() {
        return "";
    }

    /** Begins a file. */
    Export to(OutputStream out) throws IOException;

    /** A file that grows; the stream stays open. */
    interface Export {
        /** Appends the chosen namespace of one snapshot, as far as the format can hold it. */
        ExportCount write(Snapshot snapshot, NamespaceChoice.Here here) throws IOException;

        /** Appends one snapshot, as far as the format can hold it. */
        default ExportCount write(Snapshot snapshot) throws IOException {
            return write(snapshot, NamespaceChoice.of(null).in(snapshot));
        }
    }
}
