package dev.sockreel.finding;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.snapshot.Owner;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person acts on: a process, or a listener, a peer, a path, with what it does and who suffers from it.
 *
 * @param id           {@code c1}, {@code c2}, …, the most important first
 * @param severity     that of its highest finding, raised by its victims
 * @param certainty    never higher than what it rests on
 * @param processes    who must act, the one to look at first, first; empty: nobody, null: not known
 * @param netns        inode of the namespace, 0 when unknown
 * @param netnsName    its name, null when it has none
 * @param at           the local end that its sockets have in common: an address, {@code :8123}, a path; null for none
 * @param remote       the other ends, address to number of sockets, the most frequent first
 * @param sockets      how many sockets show it
 * @param bytes        how many bytes wait in them; {@link #UNKNOWN_BYTES} where these are not bytes
 * @param since        begin of the observation
 * @param until        end of the observation
 * @param atLeastSince a proved lower bound from before it, unknown for none
 * @param over         whether its sockets were seen later without the problem; false if it lasts to the end of what was
 *                     seen; null when not known: the sockets were not seen later
 * @param cpuMs        CPU time that the first process used in the observation, ms: 0 shows one that does nothing;
 *                     {@link #UNKNOWN} when not known
 * @param waitsFor     id of the cause that keeps its process from acting, its own for a process that waits for itself;
 *                     null: a root
 * @param victims      processes at the other end of its sockets, the blocked ones first
 * @param findings     indexes into the findings
 * @param sentence     for a person
 * @param next         what to do
 */
public record Cause(
        String id,
        Severity severity,
        Certainty certainty,
        What what,
        @Nullable List<Owner> processes,
        long netns,
        @Nullable String netnsName,
        @Nullable String at,
        Map<String, Integer> remote,
        int sockets,
        long bytes,
        ReceiveTime since,
        ReceiveTime until,
        ReceiveTime atLeastSince,
        @Nullable Boolean over,
        long cpuMs,
        @Nullable String waitsFor,
        List<Victim> victims,
        List<Integer> findings,
        String sentence,
        String next) {
    public static final long UNKNOWN_BYTES = -1;
    public static final long UNKNOWN = -1;

    public Cause {
        processes = processes == null ? null : List.copyOf(processes);
        remote = Collections.unmodifiableMap(new LinkedHashMap<>(remote));
        victims = List.copyOf(victims);
        findings = List.copyOf(findings);
    }

    /** Returns the same cause with other indexes of its findings. */
    public Cause withFindings(List<Integer> indexes) {
        return new Cause(id, severity, certainty, what, processes, netns, netnsName, at, remote, sockets, bytes, since,
                until, atLeastSince, over, cpuMs, waitsFor, victims, indexes, sentence, next);
    }

    public boolean waitsForItself() {
        return id.equals(waitsFor);
    }
}
