package dev.sockreel.source.procnet;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.wording.PrintableName;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the host in a support bundle, from files beside the tables of /proc/net, by their path below the host's
 * root.
 */
final class HostFactFiles {
    /** Limit for such a file; the rest is not read. */
    static final int MAX_BYTES = 4096;

    private static final String OSRELEASE = "proc/sys/kernel/osrelease";
    private static final String PROC_VERSION = "proc/version";
    /** Output of {@code uname -a}, which sos links as /uname. */
    private static final List<String> UNAME = List.of("uname", "sos_commands/kernel/uname_-a");

    private static final Map<String, String> PLAIN = new LinkedHashMap<>();

    static {
        PLAIN.put("proc/sys/kernel/random/boot_id", HostEvidence.BOOT_ID);
        PLAIN.put("proc/sys/kernel/hostname", HostEvidence.HOSTNAME);
        PLAIN.put("hostname", HostEvidence.HOSTNAME);
        PLAIN.put("sos_commands/host/hostname", HostEvidence.HOSTNAME);
        PLAIN.put("etc/hostname", HostEvidence.HOSTNAME);
        PLAIN.put(OSRELEASE, HostEvidence.KERNEL_RELEASE);
        PLAIN.put("proc/sys/kernel/version", HostEvidence.KERNEL_VERSION);
        PLAIN.put("proc/sys/kernel/arch", HostEvidence.MACHINE);
    }

    private static final Set<String> LITTLE = Set.of("x86_64", "i686", "i586", "aarch64", "ppc64le", "riscv64",
            "loongarch64", "armv7l", "armv6l", "mips64el", "mipsel");
    private static final Set<String> BIG = Set.of("s390x", "s390", "ppc64", "ppc", "sparc64", "mips64", "mips");

    private static final Map<String, List<String>> BY_NAME = Stream.of(PLAIN.keySet(), List.of(PROC_VERSION), UNAME)
            .flatMap(Collection::stream)
            .collect(Collectors.groupingBy(known -> known.substring(known.lastIndexOf('/') + 1)));

    /**
     * Returns the path below a host's root when the given path ends in one of these files, else null.
     *
     * @param name the last of the path's names
     */
    static @Nullable String suffix(String path, String name) {
        return BY_NAME.getOrDefault(name, List.of()).stream().filter(known -> isBelow(path, known)).findFirst()
                .orElse(null);
    }

    private static boolean isBelow(String path, String known) {
        return path.equals(known) || path.endsWith("/" + known);
    }

    /**
     * Returns the facts under the names of {@link HostEvidence}; of several files for one fact, the one nearest to the
     * kernel.
     *
     * @param files content by the path below the host's root
     */
    static Map<String, String> facts(Map<String, String> files) {
        Map<String, String> facts = new LinkedHashMap<>();
        PLAIN.forEach((path, name) -> put(facts, name, files.get(path)));
        String version = files.get(PROC_VERSION);
        if (version != null) {
            version(facts, version);
        }
        UNAME.stream().map(files::get).filter(u -> u != null).findFirst().ifPresent(u -> uname(facts, u));
        return facts;
    }

    /** Reads {@code Linux version RELEASE (who built it) … #1 SMP …}. */
    private static void version(Map<String, String> facts, String text) {
        String[] words = line(text).split(" +", -1);
        if (words.length > 2 && words[0].equals("Linux") && words[1].equals("version")) {
            put(facts, HostEvidence.KERNEL_RELEASE, words[2]);
        }
        int number = text.indexOf(" #");
        if (number > 0) {
            put(facts, HostEvidence.KERNEL_VERSION, text.substring(number + 1));
        }
    }

    /** Reads {@code Linux HOST RELEASE #1 SMP … MACHINE [MACHINE MACHINE] GNU/Linux}. */
    private static void uname(Map<String, String> facts, String text) {
        String[] words = line(text).split(" +", -1);
        if (words.length < 5 || !words[0].equals("Linux")) {
            return;
        }
        put(facts, HostEvidence.HOSTNAME, words[1]);
        put(facts, HostEvidence.KERNEL_RELEASE, words[2]);
        int end = words.length - (words[words.length - 1].equals("GNU/Linux") ? 1 : 0);
        String machine = words[end - 1];
        put(facts, HostEvidence.MACHINE, machine);
        while (end > 3 && words[end - 1].equals(machine)) {
            end--;
        }
        put(facts, HostEvidence.KERNEL_VERSION, String.join(" ", Arrays.copyOfRange(words, 3, end)));
    }

    private static void put(Map<String, String> facts, String name, @Nullable String text) {
        String value = text == null ? "" : line(text);
        if (!value.isEmpty()) {
            facts.putIfAbsent(name, PrintableName.of(value));
        }
    }

    private static String line(String text) {
        String stripped = text.strip();
        int end = stripped.indexOf('\n');
        return (end < 0 ? stripped : stripped.substring(0, end)).strip();
    }

    /** Returns the machine's byte order; null for an unknown machine, or one that comes in both. */
    static @Nullable ByteOrder order(@Nullable String machine) {
        if (machine == null) {
            return null;
        }
        return LITTLE.contains(machine) ? ByteOrder.LITTLE_ENDIAN : BIG.contains(machine) ? ByteOrder.BIG_ENDIAN : null;
    }

    private HostFactFiles() {}
}
