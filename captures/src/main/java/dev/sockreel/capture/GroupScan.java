package dev.sockreel.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists a file's groups, from header to header. */
final class GroupScan {
    static List<GroupEntry> of(CaptureBytes file) throws IOException {
        List<GroupEntry> found = new ArrayList<>();
        long at = file.findHeader(0);
        while (at >= 0) {
            GroupHeader h = GroupHeader.decode(file.read(at, GroupHeader.BYTES));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= file.size()) {
                found.add(GroupEntry.of(at, h));
            }
            at = file.findHeader(Math.min(next, file.size()));
        }
        return found;
    }

    private GroupScan() {}
}
