package dev.sockreel.capture.chain;

import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesView;
import org.jspecify.annotations.Nullable;

/**
 * What a dump brought, as messages and as changes.
 *
 * @param dump    number of the dump
 * @param view    its messages and datagrams
 * @param before  the dump of the same series before, null for none
 * @param changes what differs from that; null where there is none
 */
public record DumpContent(
        int dump, SeriesView view, @Nullable SeriesView before, @Nullable SeriesChanges changes) {}
