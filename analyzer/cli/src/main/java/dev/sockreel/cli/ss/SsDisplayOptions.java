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

    @Option(names = {"-m", "--memory"}, description = "Socket memory.")
    private boolean memory;

    @Option(names = {"-p", "--processes"}, description = "Processes that own the socket.")
    private boolean processes;

    @Option(names = {"-i", "--info"}, description = "Internal TCP, MPTCP and SCTP information.")
    private boolean info;

    @Option(names = {"-b", "--bpf"}, description = "BPF filters of packet sockets, if recorded.")
    private boolean filters;

    @Option(names = "--tos", description = "Type of service and priority.")
    private boolean tos;

    @Option(names = "--cgroup", description = "The cgroup's id.")
    private boolean cgroup;

    @Option(names = "--inet-sockopt", description = "Socket options of inet sockets.")
    private boolean sockopt;

    @Option(names = "--tipcinfo", description = "Internal TIPC information.")
    private boolean tipcInfo;

    @Option(names = {"-H", "--no-header"}, description = "Hide the header line.")
    private boolean noHeader;

    @Option(names = {"-Q", "--no-queues"}, description = "Hide the queues.")
    private boolean noQueues;

    @Option(names = {"-O", "--oneline"}, description = "One line per socket.")
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
