package dev.sockreel.delta;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The dumps of one family and namespace of a capture.
 *
 * @param dumps in the order of their begin
 */
record RecordedSeries(String family, ByteOrder order, List<Dump> dumps) {
    record Dump(DumpBegin begin, List<Datagram> datagrams) {}

    /** Reads all series of a capture, by namespace and family. */
    static List<RecordedSeries> read(Path file) throws IOException {
        Map<String, RecordedSeries> series = new LinkedHashMap<>();
        Map<Integer, Dump> dumps = new HashMap<>();
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        try (CaptureReader in = CaptureReader.open(file)) {
            for (CaptureRecord next = in.next(); next != null; next = in.next()) {
                switch (next) {
                    case CaptureHeader header -> order = header.orderOrLittleEndian();
                    case DumpBegin begin -> {
                        Dump dump = new Dump(begin, new ArrayList<>());
                        dumps.put(begin.dump(), dump);
                        ByteOrder known = order;
                        series.computeIfAbsent(begin.netns() + begin.family(),
                                k -> new RecordedSeries(begin.family(), known, new ArrayList<>())).dumps.add(dump);
                    }
                    case Datagram datagram ->
                        Objects.requireNonNull(dumps.get(datagram.dump())).datagrams.add(datagram);
                    default -> {
                        // this is about dumps alone
                    }
                }
            }
        }
        return List.copyOf(series.values());
    }
}
