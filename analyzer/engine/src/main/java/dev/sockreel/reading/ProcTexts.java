package dev.sockreel.reading;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.procnet.ProcContent;
import dev.sockreel.snapshot.ProcFile;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the parts of the files of /proc, and gives files of the same bytes the same content, also in different
 * snapshots. Memory: the last content of each path, where it is short, whatever the number of namespaces.
 */
final class ProcTexts {
    /** The length of a text that is kept; tables of sockets, which hardly ever stay the same, are longer. */
    private static final int MAX_KEPT_BYTES = 64 << 10;
    /** The number of texts that are kept, in all namespaces. */
    private static final int MAX_KEPT = 256;

    private record Place(int netns, String path) {}

    private final Map<Place, ProcContent> last = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, ProcContent> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** @param parts of one file, at least one */
    ProcFile join(List<ProcText> parts) {
        ProcText first = parts.getFirst();
        boolean whole = parts.getLast().last();
        int bytes = 0;
        for (int i = 0; i < parts.size(); i++) {
            whole &= parts.get(i).part() == i;
            bytes = Math.addExact(bytes, parts.get(i).text().readableBytes());
        }
        return new ProcFile(
                first.path(), first.netns(), first.when(), first.errno(), first.time(), whole, content(parts, bytes),
                List.of());
    }

    private ProcContent content(List<ProcText> parts, int bytes) {
        if (bytes > MAX_KEPT_BYTES) {
            return new ProcContent(joined(parts, bytes));
        }
        Place place = new Place(parts.getFirst().netns(), parts.getFirst().path());
        ProcContent before = last.get(place);
        ByteBuf text = parts.getFirst().text();
        if (before != null && parts.size() == 1 && text.hasArray()) {
            int from = text.arrayOffset() + text.readerIndex();
            if (before.is(text.array(), from, from + bytes)) {
                return before;
            }
        }
        ProcContent now = new ProcContent(joined(parts, bytes));
        last.put(place, now);
        return now;
    }

    private static byte[] joined(List<ProcText> parts, int length) {
        byte[] all = new byte[length];
        int at = 0;
        for (ProcText part : parts) {
            ByteBuf in = part.text();
            in.getBytes(in.readerIndex(), all, at, in.readableBytes());
            at += in.readableBytes();
        }
        return all;
    }
}
