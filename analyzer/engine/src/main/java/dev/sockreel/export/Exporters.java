package dev.sockreel.export;

import java.util.List;
import java.util.Optional;

/** All formats that can be written. */
public final class Exporters {
    public static final List<Exporter> ALL =
            List.of(new SsDumpExport(), new PcapngExport(), new NdjsonExport(), new CsvExport());

    public static Optional<Exporter> of(String format) {
        return ALL.stream().filter(e -> e.format().equals(format)).findFirst();
    }

    private Exporters() {}
}
