package dev.sockreel.reading;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.chain.DumpContent;
import dev.sockreel.capture.chain.SeriesId;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpAssembler;
import dev.sockreel.dump.DumpSeries;
import dev.sockreel.series.SeriesView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finishes dumps with what the capture's reader kept of them as views, series by series. */
final class DumpContents {
    private final CaptureReader records;
    private final Map<SeriesId, DumpSeries> series = new HashMap<>();

    DumpContents(CaptureReader records) {
        this.records = records;
    }

    /** Forgets all series: another capture begins. */
    void clear() {
        series.clear();
    }

    /**
     * Finishes a dump.
     *
     * @param end     null when the capture has no end record of this dump
     * @param fileCut as of {@link DumpAssembler#finish}
     */
    Dump finish(DumpAssembler dump, @Nullable DumpEnd end, boolean fileCut) {
        DumpContent content = records.takeContent(dump.begin().dump());
        if (content == null) {
            return dump.finish(end, fileCut);
        }
        DumpSeries of = series.computeIfAbsent(SeriesId.of(dump.begin()), s -> new DumpSeries());
        if (dump.isEmpty()) {
            Dump fromChanges = end == null || !dump.isUntouched() ? null
                    : of.assemble(dump.begin(), end, dump.request(), dump.order(), content);
            if (fromChanges != null) {
                return fromChanges;
            }
            SeriesView view = content.view();
            for (int i = 0; i < view.datagrams().count(); i++) {
                dump.add(view.datagram(i), records.place());
            }
        }
        return of.take(dump.finish(end, fileCut), content);
    }
}
