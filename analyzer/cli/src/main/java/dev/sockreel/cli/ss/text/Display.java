package dev.sockreel.cli.ss.text;

/**
 * The options of ss that say how much is shown of each socket.
 *
 * @param numeric   -n: ports, protocols and rates as numbers
 * @param timers    -o
 * @param details   -e
 * @param memory    -m
 * @param info      -i
 * @param processes -p
 * @param owners    whether the recording has a scan of who holds sockets; without one a note is printed once, not in
 *                  each row
 * @param filters   -b: of packet sockets
 * @param tos       --tos
 * @param cgroup    --cgroup
 * @param sockopt   --inet-sockopt
 * @param tipcInfo  --tipcinfo
 * @param header    without -H
 * @param queues    without -Q
 * @param oneLine   -O
 */
public record Display(
        boolean numeric,
        boolean timers,
        boolean details,
        boolean memory,
        boolean info,
        boolean processes,
        boolean owners,
        boolean filters,
        boolean tos,
        boolean cgroup,
        boolean sockopt,
        boolean tipcInfo,
        boolean header,
        boolean queues,
        boolean oneLine) {

    /** Returns what stands before a part that ss prints on a line of its own, unless {@code -O}. */
    String newLine() {
        return oneLine ? " " : "\n\t";
    }
}
