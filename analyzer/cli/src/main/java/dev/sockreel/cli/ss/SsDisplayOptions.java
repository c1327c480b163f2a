package dev.sockreel.cli.ss;

import dev.sockreel.cli.ss.text.Display;
import dev.sockreel.recorder.help.OptionGroup;
import picocli.CommandLine.Option;

/** The options of ss that choose what is shown of each socket. */
final class SsDisplayOptions {
    @Option(names = {"-n", "--numeric"}, order = OptionGroup.ORDER_OUTPUT,
            description = "Ports, protocols and rates as numbers.")
    private boolean numeric;

    @Option(names = {"-o", "--options"}, order = OptionGroup.ORDER_OUTPUT, description = "Timers.")
    private boolean timers;

    @Option(names = {"-e", "--extended"}, order = OptionGroup.ORDER_OUTPUT,
            description = "uid, inode, cookie, cgroup and more.")
    private boolean details;

    @Option(names = {"-m", "--memory"}, order = OptionGroup.ORDER_OUTPUT, description = "Socket memory.")
    private boolean memory;

    @Option(names = {"-p", "--processes"}, order = OptionGroup.ORDER_OUTPUT,
            description = "Processes that own the socket.")
    private boolean processes;

    @Option(names = {"-i", "--info"}, order = OptionGroup.ORDER_OUTPUT,
            description = "Internal TCP, MPTCP and SCTP information.")
    private boolean info;

    @Option(names = {"-b", "--bpf"}, order = OptionGroup.ORDER_OUTPUT,
            description = "BPF filters of packet sockets, if recorded.")
    private boolean filters;

    @Option(names = "--tos", order = OptionGroup.ORDER_OUTPUT, description = "Type of service and priority.")
    private boolean tos;

    @Option(names = "--cgroup", order = OptionGroup.ORDER_OUTPUT, description = "The cgroup's id.")
    private boolean cgroup;

    @Option(names = "--inet-sockopt", order = OptionGroup.ORDER_OUTPUT, description = "Socket options of inet sockets.")
    private boolean sockopt;

    @Option(names = "--tipcinfo", order = OptionGroup.ORDER_OUTPUT, description = "Internal TIPC information.")
    private boolean tipcInfo;

    @Option(names = {"-H", "--no-header"}, order = OptionGroup.ORDER_OUTPUT, description = "Hide the header line.")
    private boolean noHeader;

    @Option(names = {"-Q", "--no-queues"}, order = OptionGroup.ORDER_OUTPUT, description = "Hide the queues.")
    private boolean noQueues;

    @Option(names = {"-O", "--oneline"}, order = OptionGroup.ORDER_OUTPUT, description = "One line per socket.")
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
