package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map.Entry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the capturing host, by name, verbatim as the host gave them. A fact that is absent is unknown. The
 * constants are the names that sockreel writes; others are kept.
 *
 * @param facts values by name
 */
public record HostEvidence(Map<String, String> facts) implements CaptureRecord {
    public static final int TYPE = 2;

    /** /proc/sys/kernel/random/boot_id. */
    public static final String BOOT_ID = "boot-id";
    public static final String HOSTNAME = "hostname";
    /** uname -r, -v, -m. */
    public static final String KERNEL_RELEASE = "kernel-release";
    public static final String KERNEL_VERSION = "kernel-version";
    public static final String MACHINE = "machine";
    /** 32 or 64. */
    public static final String POINTER_BITS = "pointer-bits";
    public static final String EFFECTIVE_UID = "effective-uid";
    /** CapEff of /proc/self/status, hex. */
    public static final String CAPABILITIES = "capabilities-effective";
    /** The path of the imported source, when the file is an import. */
    public static final String IMPORTED_FROM = "imported-from";
    /** The source's format when the file is an import: ss-dump, datagram-log, … */
    public static final String IMPORT_FORMAT = "import-format";
    /**
     * The basis of an import's byte order where it does not follow from the source: {@link #ASSUMED} or {@link #GIVEN}.
     */
    public static final String BYTE_ORDER_BASIS = "byte-order-basis";
    /** Nothing in the source shows the byte order. */
    public static final String ASSUMED = "assumed";
    /** The user named the byte order. */
    public static final String GIVEN = "given";
    /** The options of {@code record} that shaped the recording. */
    public static final String RECORD_OPTIONS = "record-options";
    /** The interval between the begins of two snapshots as requested, nanoseconds. */
    public static final String INTERVAL_NS = "interval-ns";

    /** sysconf(_SC_CLK_TCK): ticks of a process's start time a second. */
    public static final String CLOCK_TICKS = "clock-ticks-per-second";
    /** btime of /proc/stat: the host's boot, seconds since 1970. */
    public static final String BOOT_TIME_S = "boot-time-s";

    public HostEvidence {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public @Nullable String get(String name) {
        return facts.get(name);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        int max = 4;
        for (Entry<String, String> fact : facts.entrySet()) {
            max += Body.maxText(fact.getKey()) + Body.maxText(fact.getValue());
        }
        return max;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(facts.size());
        facts.forEach((name, value) -> {
            Body.writeText(out, name);
            Body.writeText(out, value);
        });
    }

    static HostEvidence decode(ByteBuf in) throws BadRecordException {
        int count = Body.readCount(in, 8);
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            facts.put(Body.readText(in), Body.readText(in));
        }
        return new HostEvidence(facts);
    }
}
