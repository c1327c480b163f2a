package dev.sockreel.cli.ss;

import dev.sockreel.cli.ss.text.Display;
import picocli.CommandLine.Option;

/** The options of ss that choose what is shown of each socket. */
final class SsDisplayOptions {
    @Option(names = {"-n", "--numeric"}, description = "Ports, protocols and rates as numbers.")
    private boolean numeric;

    @Option(names = {"-o", "--options"}, description = "Timers.")
    private boolean timers;

    @Option(names = {"-e", "--extended"}, description = "uid, inode, cookie, cgroup and more.")
    private boolean details;

    @Option(names = {"-m", "--memory"}, description = "Memory.")
    private boolean memory;

    @Option(names = {"-p", "--processes"}, description = "Processes that hold the socket.")
    private boolean processes;

    @Option(names = {"-i", "--info"}, description = "What TCP, MPTCP and SCTP tell of themselves.")
    private boolean info;

    @Option(names = {"-b", "--bpf"}, description = "Filters of packet sockets, where they were recorded.")
    private boolean filters;

    @Option(names = "--tos", description = "Type of service and priority.")
    private boolean tos;

    @Option(names = "--cgroup", description = "The cgroup's id.")
    private boolean cgroup;

    @Option(names = "--inet-sockopt", description = "Socket options of inet sockets.")
    private boolean sockopt;

    @Option(names = "--tipcinfo", description = "What TIPC tells of itself.")
    private boolean tipcInfo;

    @Option(names = {"-H", "--no-header"}, description = "No headings.")
    private boolean noHeader;

    @Option(names = {"-Q", "--no-queues"}, description = "No queues.")
    private boolean noQueues;

    @Option(names = {"-O", "--oneline"}, description = "A line a socket.")
    private boolean oneLine;

    boolean filters() {
        return filters;
    }

    boolean processes() {
        return processes;
    }

    /** @param owners true if the capture has a scan of the sockets' owners */
    Display toDisplay(boolean owners) {
        return new Display(
                numeric, timers || details || filters, details, memory, info, processes, owners, filters, tos, cgroup,
                sockopt, tipcInfo, !noHeader, !noQueues, oneLine);
    }
}
