package dev.sockreel.recorder;

import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.wording.Counted;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words what a recording leaves out: the network namespaces of the host that it does not record. */
final class UnrecordedNamespaces {
    /**
     * Returns one sentence without its full stop, null when nothing is known to be left out.
     *
     * @param host     the host's namespaces
     * @param recorded inodes of the recorded ones
     * @param all      whether all that were there at the begin are recorded
     */
    static @Nullable String sentence(HostNamespaces host, Set<Long> recorded, boolean all) {
        List<HostNamespaces.Namespace> others =
                host.namespaces().stream().filter(n -> !recorded.contains(n.inode())).toList();
        String unreadable = Counted.of(host.unreadable(), "process", "processes");
        if (others.isEmpty()) {
            return host.unreadable() == 0 ? null
                    : "the network namespaces of " + unreadable + " could not be read and may not be recorded";
        }
        int processes = others.stream().mapToInt(HostNamespaces.Namespace::processes).sum();
        String sentence = Counted.of(others.size(), "other network namespace") + " with "
                + Counted.of(processes, "process", "processes") + (others.size() == 1 ? " is" : " are")
                + " not recorded" + (all ? "" : "; --netns all records " + (others.size() == 1 ? "it" : "them"));
        return host.unreadable() == 0 ? sentence
                : sentence + " (" + Counted.of(host.unreadable(), "more process", "more processes")
                        + " could not be looked at)";
    }

    private UnrecordedNamespaces() {}
}
