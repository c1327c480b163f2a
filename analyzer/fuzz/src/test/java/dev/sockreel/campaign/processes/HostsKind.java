package dev.sockreel.campaign.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Ordinary commands on bare hosts: odd /tmp, /proc, limits, users, homes, streams, locales, planted names. */
public final class HostsKind implements Kind {
    private static final String VICTIM = "somebody else's file\n";
    private static final String OUT = "out";

    /**
     * A host.
     *
     * @param script prepares it and runs the command; {@code $DIR} is an empty folder, {@code $OUT} the output's name
     * @param java   options of the JVM
     * @param works  whether the command must do all it does elsewhere; if not, a sentence and exit 3 will do
     */
    private record Host(String name, String script, List<String> java, boolean works) {
        Host(String name, String script, boolean works) {
            this(name, script, List.of(), works);
        }
    }

    private static final String TMP = "mount -t tmpfs -o %s none \"$DIR\" || exit 99\n%s\nexec \"$@\"";

    private static List<Host> hosts(Path dir) {
        List<String> tmp = List.of("-Djava.io.tmpdir=" + dir);
        return List.of(
                new Host("noexec tmp", TMP.formatted("noexec,size=40m", ""), tmp, true),
                new Host("full tmp", TMP.formatted("size=4k", "cat /dev/zero >\"$DIR/x\" 2>/dev/null"), tmp, true),
                new Host("read-only tmp", TMP.formatted("ro", ""), tmp, true),
                new Host("missing tmp", "exec \"$@\"", List.of("-Djava.io.tmpdir=/nowhere"), true),
                new Host("no /proc", "mount -t tmpfs none /proc || exit 99\nexec \"$@\"", false),
                new Host("hidden /proc", "mount -t proc -o hidepid=2 proc /proc || exit 99\nexec setpriv --reuid 65534"
                        + " --regid 65534 --clear-groups \"$@\"", false),
                new Host("another user", "exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"", false),
                new Host("64 descriptors", "ulimit -n 64\nexec \"$@\"", false),
                new Host("30 descriptors", "ulimit -n 30\nexec \"$@\"", false),
                new Host("20 descriptors", "ulimit -n 20\nexec \"$@\"", false),
                new Host("small heap", "exec \"$@\"", List.of("-Xmx10m"), false),
                new Host("read-only home", "exec \"$@\"", List.of("-Duser.home=/proc"), true),
                new Host("no stdin", "exec \"$@\" <&-", true),
                new Host("no stdout", "exec \"$@\" >&-", false),
                new Host("no stderr", "exec \"$@\" 2>&-", true),
                new Host("no streams", "exec \"$@\" <&- >&- 2>&-", false),
                new Host("LANG=C", "LANG=C LC_ALL=C\nexport LANG LC_ALL\nexec \"$@\"", true),
                new Host("planted link at .part", "ln -s \"$DIR/victim\" \"$OUT.part\"\nexec \"$@\"", true),
                new Host("planted FIFO at .part", "mkfifo \"$OUT.part\"\nexec \"$@\"", true),
                new Host("planted file at .part", "cp \"$DIR/victim\" \"$OUT.part\"\nexec \"$@\"", true),
                new Host("dangling link", "ln -s \"$DIR/new\" \"$OUT\"\nexec \"$@\"", false),
                new Host("link to a file", "ln -s \"$DIR/victim\" \"$OUT\"\nexec \"$@\"", false),
                new Host("link to an empty file", ": >\"$DIR/empty\"\nln -s \"$DIR/empty\" \"$OUT\"\nexec \"$@\"",
                        false));
    }

    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public @Nullable String unavailable() {
        return NativePrograms.onPath("setpriv") ? Hosts.whyNoMounts() : "there is no setpriv";
    }

    @Override
    public Material input(RandomGenerator random) {
        return Material.none();
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        RandomGenerator random = trial.random();
        Path dir = Files.createDirectory(trial.folder().resolve("dir"));
        Path work = Files.createDirectory(trial.folder().resolve("work"));
        Path victim = Files.writeString(dir.resolve("victim"), VICTIM);
        List<Host> hosts = hosts(dir);
        Host host = hosts.get(random.nextInt(hosts.size()));
        Job job = Job.any(random, trial.folder());
        List<String> words = new ArrayList<>(job.words());
        words.addAll(job.output() == null ? List.of() : List.of("-o", OUT + job.output()));
        List<String> line = Sockreel.java(host.java().toArray(String[]::new));
        line.addAll(words);
        String script = "DIR='" + dir + "' OUT=" + OUT + job.output() + "\n" + host.script();
        CommandResult ran = Sockreel.start(trial, work, Hosts.inNamespace(script, line), words).end();
        trial.tally().add("host " + host.name(), 1);
        if (isJvmUnfit(ran)) {
            return;
        }
        ended(trial, job, host, ran);
        trial.promise(VICTIM.equals(Files.readString(victim)), "no other file is changed", ran,
                "changed on: " + host.name());
        boolean isMade = Files.exists(dir.resolve("new"));
        trial.promise(!isMade, "a dangling link is refused", ran, "a file was made on: " + host.name());
        left(trial, job, host, ran, work);
    }

    /** Returns true if the JVM itself could not start there, of which sockreel knows nothing. */
    private static boolean isJvmUnfit(CommandResult ran) {
        String err = ran.err();
        // a class path of many jars, as in the build, takes more descriptors than the one jar
        boolean isManyJars = System.getProperty("campaign.jar", "").isEmpty();
        return ran.exit() == 1 && (err.contains("Error occurred during initialization of VM")
                || err.contains("Could not find or load main class") || err.contains("Unable to initialize main")
                || isManyJars && err.contains("NoClassDefFoundError"))
                || ran.exit() == 127 && err.contains("error while loading shared libraries");
    }

    private static void ended(Trial trial, Job job, Host host, CommandResult ran) {
        boolean isHeard = !host.script().contains("2>&-");
        boolean isAsElsewhere = ran.exit() == job.exit();
        boolean isRefused = ran.exit() == 3 || ran.exit() == 4 && !host.works();
        if (isHeard) {
            String out = ran.err().contains("out of memory") ? "" : ran.err();
            trial.checkEnd(new CommandResult(ran.words(), ran.exit(), ran.outBytes(),
                    ran.exit() == 3 && out.isEmpty() ? "no memory".getBytes(UTF_8) : out.getBytes(UTF_8), ran.cpuNs(),
                    0));
        }
        trial.promise(isAsElsewhere || isRefused && !host.works(), "bare hosts are served or told", ran,
                "on: " + host.name());
    }

    /** Checks that a file was written whole or not at all. */
    private static void left(Trial trial, Job job, Host host, CommandResult ran, Path work) throws IOException {
        for (String name : Recording.names(work)) {
            boolean isPlanted = name.endsWith(".part") && host.name().startsWith("planted");
            boolean isOutput = name.equals(OUT + job.output());
            trial.promise(isPlanted || isOutput, "only the output is written", ran, name + " on: " + host.name());
            if (isPlanted) {
                boolean isKept = VICTIM.equals(Files.readString(work.resolve(name)));
                trial.promise(isKept, "no other file is changed", ran, name + " on: " + host.name());
            } else if (isOutput && name.endsWith(".reel") && !host.name().contains("link")) {
                try {
                    ReelFile.parse(Files.readAllBytes(work.resolve(name)));
                } catch (RuntimeException e) {
                    trial.promise(false, "what is written is whole", ran, e.getMessage() + " on: " + host.name());
                }
            }
        }
    }
}
