package dev.sockreel.render;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The date of owners that were looked up before the moment that is shown. */
public final class LookUpTime {
    /**
     * Returns {@code as of 14:02:07}, with the date if it is another day's; empty if all owners were looked up at that
     * moment or later, or times are not known.
     *
     * @param owners null when they were not recorded
     * @param shown  when the socket was dumped
     */
    public static String asOf(@Nullable List<Owner> owners, ReceiveTime shown) {
        ReceiveTime oldest = ReceiveTime.NONE;
        for (Owner owner : owners == null ? List.<Owner>of() : owners) {
            if (owner.isLookedUpBefore(shown) && (!oldest.isKnown() || owner.isLookedUpBefore(oldest))) {
                oldest = owner.asOf();
            }
        }
        return oldest.isKnown() ? "as of " + time(oldest.realtimeNs(), shown.realtimeNs()) : "";
    }

    private static String time(long realtimeNs, long shownNs) {
        String time = String.valueOf(Rfc3339.of(realtimeNs));
        String day = time.substring(0, time.indexOf('T'));
        boolean sameDay = String.valueOf(Rfc3339.of(shownNs)).startsWith(day);
        String clock = time.substring(time.indexOf('T') + 1, time.indexOf('.'));
        return sameDay ? clock : day + " " + clock;
    }

    private LookUpTime() {}
}
