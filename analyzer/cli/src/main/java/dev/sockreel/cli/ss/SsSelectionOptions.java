package dev.sockreel.cli.ss;

import dev.sockreel.cli.choosing.SocketKindOptions;
import picocli.CommandLine.Option;

/** The options of ss that choose sockets, applied in the order of the command line. */
final class SsSelectionOptions extends SocketKindOptions {
    private final SsSelectionBuilder selection = new SsSelectionBuilder();

    SsSelectionBuilder selection() {
        return selection;
    }

    @Option(names = {"-a", "--all"}, description = "Sockets in all states.")
    void all(boolean given) {
        if (given) {
            selection.all();
        }
    }

    @Option(names = {"-l", "--listening"}, description = "Listening and unconnected sockets.")
    void listening(boolean given) {
        if (given) {
            selection.listening();
        }
    }

    @Option(names = {"-B", "--bound-inactive"}, description = "TCP sockets that are bound and nothing else.")
    void boundInactive(boolean given) {
        if (given) {
            selection.boundInactive();
        }
    }

    @Override
    protected void protocol(int protocol) {
        selection.protocol(protocol);
    }

    @Override
    protected void family(int family) {
        selection.family(family);
    }

    @Option(names = {"-f",
        "--family"}, paramLabel = "FAMILY", description = "inet, inet6, link, unix, netlink, tipc, vsock or xdp.")
    void family(String name) {
        if (name != null) {
            selection.family(name);
        }
    }

    @Option(names = {"-A", "--query", "--socket"}, paramLabel = "LIST", description = {
        "Tables with commas between them: all, inet, tcp, udp, raw, unix, u_str, packet, netlink, …",
        "!TABLE leaves one out."})
    void query(String list) {
        if (list != null) {
            selection.query(list);
        }
    }
}
