package dev.sockreel.campaign.trial;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command may take: a constant and a multiple of its input's size when that is not compressed.
 *
 * @param isTimed whether CPU time counts; false in the build, whose tests must not depend on a machine's speed
 * @param isAlone whether nobody else writes into the current and the temporary folder, so that new files there count
 */
public record Limits(boolean isTimed, boolean isAlone) {
    /** The constant covers a help text, a page's template and a 4 MiB frame. */
    public static final long FREE_CPU_MS = 1_500;
    public static final long CPU_MS_PER_MB = 2_000;
    /** No input may take longer, however large its content is. */
    public static final long MAX_CPU_MS = 20_000;
    public static final long FREE_MB = 128;
    public static final long ALLOCATED_BYTES_PER_BYTE = 4_000;

    void exceeded(CommandResult ran, long inputBytes, BiConsumer<String, String> report) {
        String how = exceeded(ran, inputBytes);
        if (how != null) {
            report.accept("cost is linear in the input", how + " for " + inputBytes + " bytes");
        }
    }

    /** Returns which limit a command exceeded, or null. */
    @Nullable
    String exceeded(CommandResult ran, long inputBytes) {
        long cpuMs = ran.cpuNs() / 1_000_000;
        if (isTimed && cpuMs > Math.min(MAX_CPU_MS, FREE_CPU_MS + CPU_MS_PER_MB * inputBytes / 1_000_000)) {
            return "cpu " + cpuMs + " ms";
        }
        if (ran.allocatedBytes() > (FREE_MB << 20) + ALLOCATED_BYTES_PER_BYTE * inputBytes) {
            return "heap " + (ran.allocatedBytes() >> 20) + " MB";
        }
        return null;
    }
}
