package dev.sockreel.dump;

import java.util.List;

/** What a dump is worth, best first: of several faults the one that forces the later verdict decides. */
public enum DumpVerdict {
    /** Everything the kernel had to say arrived whole. */
    COMPLETE("complete"),
    /** It arrived, but it contradicts itself or the evidence beside it. */
    INCONSISTENT("inconsistent"),
    /** The kernel itself says that the tables changed while it walked them. */
    INTERRUPTED("interrupted"),
    /** It never came to its end. */
    UNFINISHED("unfinished"),
    /** Parts of it are lost. */
    TRUNCATED("truncated"),
    /** The kernel, or a system call, answered with an error. */
    FAILED("failed"),
    /** The kernel has no handler for this family, or it was not asked: nothing can be known. */
    UNAVAILABLE("unavailable");

    private final String id;

    DumpVerdict(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** The worst that one of the faults forces. */
    static DumpVerdict of(List<Fault> faults) {
        DumpVerdict worst = COMPLETE;
        for (Fault f : faults) {
            worst = f.kind().verdict().compareTo(worst) > 0 ? f.kind().verdict() : worst;
        }
        return worst;
    }
}
