package dev.sockreel.source.packets;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.util.List;

/**
 * Writes namespaces with the names of their devices, which every snapshot repeats: thousands of names in thousands of
 * snapshots would become millions, so their number is limited.
 */
final class NamespaceRecords {
    private static final int MAX_NAMES = 8_000_000;

    private final CaptureSink sink;
    private long names;
    private long withoutNames;

    NamespaceRecords(CaptureSink sink) {
        this.sink = sink;
    }

    void write(NetworkNamespace netns) throws IOException {
        if (names <= MAX_NAMES) {
            names += netns.interfaces().size();
            sink.write(netns);
        } else {
            withoutNames++;
            sink.write(new NetworkNamespace(netns.netns(), netns.inode(), netns.cookie(), netns.name(), List.of()));
        }
    }

    /** Returns a sentence when names were left out. */
    List<String> remarks() {
        return withoutNames == 0 ? List.of()
                : List.of("the names of devices were written %,d times; %s without them".formatted(
                        names, Counted.of(withoutNames, "later namespace of a snapshot is", "later ones are")));
    }
}
