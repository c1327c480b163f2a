package dev.sockreel.dump;

import java.util.List;

/** The quality of a dump, best first. With several faults, the worst verdict counts. */
public enum DumpVerdict {
    /** Everything the kernel sent arrived undamaged. */
    COMPLETE("complete"),
    /** Everything arrived, but it contradicts itself or the evidence around it. */
    INCONSISTENT("inconsistent"),
    /** The kernel reported that its tables changed while it walked them. */
    INTERRUPTED("interrupted"),
    /** The end of the dump is missing. */
    UNFINISHED("unfinished"),
    /** Parts of the dump are lost. */
    TRUNCATED("truncated"),
    /** The kernel, or a system call, answered with an error. */
    FAILED("failed"),
    /** The kernel has no handler for this family, or was not asked: nothing is known about it. */
    UNAVAILABLE("unavailable");

    private final String id;

    DumpVerdict(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Returns the worst verdict among those that the faults force. */
    public static DumpVerdict of(List<Fault> faults) {
        DumpVerdict worst = COMPLETE;
        for (Fault f : faults) {
            worst = f.kind().verdict().compareTo(worst) > 0 ? f.kind().verdict() : worst;
        }
        return worst;
    }
}
