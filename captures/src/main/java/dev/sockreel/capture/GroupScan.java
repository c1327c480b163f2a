package dev.sockreel.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists a file's groups, from header to header. */
final class GroupScan {
    static List<GroupEntry> of(CaptureBytes file) throws IOException {
        HeaderWindow headers = new HeaderWindow(file);
        List<GroupEntry> found = new ArrayList<>();
        long at = 0;
        while ((at = nextHeader(file, headers, at)) >= 0) {
            GroupHeader h = GroupHeader.decode(headers.read(at));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= headers.size()) {
                found.add(GroupEntry.of(at, h));
            }
            at = Math.min(next, headers.size());
        }
        return found;
    }

    private static long nextHeader(CaptureBytes file, HeaderWindow headers, long from) throws IOException {
        boolean standsHere = from + GroupHeader.BYTES <= headers.size() && GroupHeader.isIntact(headers.read(from));
        return standsHere ? from : file.findHeader(from, headers.size());
    }

    private GroupScan() {}
}
