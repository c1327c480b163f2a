package dev.sockreel.cli.peers;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.peers.Party;
import dev.sockreel.peers.Peers;
import dev.sockreel.peers.ProcessPair;
import dev.sockreel.render.NameForEyes;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints who talks to whom as a table, a line a pair of processes and address. */
final class PairsText implements PairsPrinter {
    private static final String UNKNOWN = "?";

    private final Stdout out;

    PairsText(Stdout out) {
        this.out = out;
    }

    @Override
    public void print(int snapshot, List<ProcessPair> pairs) throws IOException {
        PrintWriter text = out.text();
        List<ProcessPair> shown = pairs.subList(0, Math.min(pairs.size(), Peers.MAX_ROWS));
        boolean severalNetns = pairs.stream().mapToLong(ProcessPair::netns).distinct().count() > 1;
        if (shown.isEmpty()) {
            text.println("no connections");
        } else {
            table(shown, severalNetns, text);
        }
        if (shown.size() < pairs.size()) {
            text.println("and " + Counted.of(pairs.size() - shown.size(), "more pair")
                    + " with less waiting and fewer connections; --format csv lists all");
        }
        out.check();
    }

    private static void table(List<ProcessPair> pairs, boolean severalNetns, PrintWriter text) {
        List<String> header = new ArrayList<>(
                List.of("NETID", "CLIENT", "SERVER", "AT", "CONNS", "TO SRV", "TO CLT"));
        boolean someNotAccepted = pairs.stream().anyMatch(p -> p.notAccepted() > 0);
        if (someNotAccepted) {
            header.add("QUEUED");
        }
        int names = 1;
        if (severalNetns) {
            header.addFirst("NETNS");
            names++;
        }
        List<String[]> rows = new ArrayList<>();
        for (ProcessPair p : pairs) {
            List<String> cells = new ArrayList<>();
            if (severalNetns) {
                cells.add(p.netnsName() != null ? p.netnsName()
                        : p.netns() == 0 ? UNKNOWN : NamespaceChoice.HOST);
            }
            cells.add(p.netid());
            cells.add(party(p.client(), p.clientAddress()));
            cells.add(party(p.server(), null));
            cells.add(p.serverAddress() == null ? "(no name)" : NameForEyes.of(p.serverAddress()));
            cells.add(Integer.toString(p.connections()));
            cells.add(bytes(p.toServer()));
            cells.add(bytes(p.toClient()));
            if (someNotAccepted) {
                cells.add(Integer.toString(p.notAccepted()));
            }
            rows.add(cells.toArray(String[]::new));
        }
        int first = names;
        TextTable.print(header, rows, c -> c >= first + 3, c -> c >= first && c < first + 3, text);
    }

    private static String party(Party party, @Nullable String address) {
        return switch (party.kind()) {
            case PROCESS -> party.comm() + "/" + party.pid();
            case NOBODY -> "nobody";
            case UNKNOWN -> UNKNOWN;
            case NOT_LISTED -> address == null ? "elsewhere" : address;
        };
    }

    private static String bytes(@Nullable Long waiting) {
        return waiting == null ? UNKNOWN : Long.toString(waiting);
    }
}
