package dev.sockreel.source;

import dev.sockreel.source.log.DatagramLogImport;
import dev.sockreel.source.packets.PcapImport;
import dev.sockreel.source.procnet.ProcNetImport;
import dev.sockreel.source.sink.Importer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All importers, in the order in which they are asked whether they recognize a source. */
public final class Importers {
    public static final List<Importer> ALL = List.of(
            new DatagramLogImport(), new ProcNetImport(), PcapImport.PCAP, PcapImport.PCAPNG, new SsDumpImport());

    public static Optional<Importer> of(String format) {
        return ALL.stream().filter(i -> i.format().equals(format)).findFirst();
    }

    public static Optional<Importer> guess(Path path) throws IOException {
        for (Importer importer : ALL) {
            if (importer.recognizes(path)) {
                return Optional.of(importer);
            }
        }
        return Optional.empty();
    }

    private Importers() {}
}
