package dev.sockreel.cause;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.render.Bytes;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.track.Found;
import dev.sockreel.wording.Counted;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentence of a cause: who does what, on how many sockets, with how much. */
record CauseSentence(Group group, What what, @Nullable List<Owner> processes, Sockets sockets) {
    private static final int MAX_NAMES = 3;

    String text() {
        String place = sockets.at() == null ? "" : " at " + sockets.at();
        return switch (what) {
            case NOT_READING -> processes != null && processes.isEmpty()
                    ? "No process holds what is unread" + place + ": " + holds() + "."
                    : isOver()
                            ? who() + " did not read" + place + pauseLength() + ", and then read on: " + holds() + "."
                    : who() + (many() ? " do not read" : " does not read") + place + ": " + holds() + ".";
            case SLOW_READING -> who() + (many() ? " read" : " reads") + " more slowly than is sent" + place + ": "
                    + pace() + ".";
            case NOT_CLOSING ->
                who() + (many() ? " do not close" : " does not close") + place + " what the other end has"
                        + " closed: " + holds() + ".";
            case NOT_ACCEPTING ->
                who() + (many() ? " do not accept" : " does not accept") + place + ": " + queue() + ".";
            case LEAKING -> who() + " still " + (many() ? "hold " : "holds ")
                    + Counted.of(sockets.count(), "descriptor") + " of connections that have ended.";
            case CONNECT_HANGS -> Counted.of(sockets.count(), "connect") + (sockets.count() == 1 ? " hangs" : " hang")
                    + ": no answer from " + others() + ".";
            case NO_ACKS -> group.own().stream().allMatch(Found::isHeldBack)
                    ? "Nothing can leave this host for " + others() + " (route or device): " + unsent() + "."
                    : "No acks from " + others() + " (network or peer): " + unsent() + ".";
            case PEER_TAKES_NO_MORE -> others() + (processes == null || processes.isEmpty() ? "" : " (" + who() + ")")
                    + " takes no more at this moment: " + unsent() + ".";
            case DROPS -> drops(place);
            case WAITING -> group.concernsListener()
                    ? "Connections waited for " + who() + place + " to accept them: " + queue() + "."
                    : "Something waits for " + who() + place + "; whether it is read cannot be told: " + holds() + ".";
        };
    }

    /** Returns the pace of the one reader, or how much waits at several. */
    private String pace() {
        return sockets.count() != 1 ? holds() : group.own().stream()
                .map(f -> f.finding())
                .filter(f -> f.id().equals("unread-slow"))
                .map(f -> f.why().substring(f.why().indexOf(": ") + 2).replaceFirst("\\.$", ""))
                .findFirst()
                .orElseGet(this::holds);
    }

    private String drops(String place) {
        String why = group.members().stream()
                .map(m -> m.found().finding())
                .filter(f -> f.id().equals("drops"))
                .map(Finding::why)
                .findFirst()
                .orElse(group.own().getFirst().finding().why());
        if (group.own().stream().allMatch(f -> f.finding().severity() == Severity.INFO)) {
            return who() + place + ": " + why;
        }
        return group.concernsListener()
                ? who() + (many() ? " accept" : " accepts") + " more slowly than connections come" + place + ": " + why
                : "The kernel dropped what came for " + who() + place + ": " + why;
    }

    /** Returns whether all that was unread was read on later. */
    private boolean isOver() {
        return group.own().stream().allMatch(Found::ended);
    }

    private String pauseLength() {
        long ns = group.own().stream().mapToLong(f -> f.window().durationNs()).max().orElse(-1);
        return ns <= 0 ? "" : " for " + Span.text(ns);
    }

    private boolean many() {
        return processes != null && processes.size() > 1;
    }

    /** Returns the processes, or what stands for them. */
    private String who() {
        if (!group.isProved()) {
            return "One of several listeners";
        }
        List<Owner> owners = processes;
        if (owners == null) {
            return "A process that was not recorded";
        }
        if (owners.isEmpty()) {
            return "Nobody";
        }
        String names = owners.stream().limit(MAX_NAMES).map(o -> o.comm() + " (pid " + o.pid() + ")")
                .collect(Collectors.joining(", "));
        return names + (owners.size() > MAX_NAMES ? " and " + (owners.size() - MAX_NAMES) + " more" : "");
    }

    private String holds() {
        String bytes = sockets.bytes() > 0 ? Bytes.text(sockets.bytes()) + " unread" : "";
        String count = Counted.of(sockets.count(), "socket");
        String grows = group.members().stream().anyMatch(m -> m.found().finding().id().equals("piling-up"))
                ? ", and their number grows" : "";
        return (sockets.bytes() == 0 ? count
                : (bytes.isEmpty() ? "data waits" : bytes) + " in " + count) + grows;
    }

    private String queue() {
        String bytes = sockets.bytes() > 0 ? ", " + Bytes.text(sockets.bytes()) + " unread in them" : "";
        boolean listenersOnly = group.own().stream().allMatch(f -> f.finding().socket().socket().isListener());
        return listenersOnly ? group.own().getFirst().finding().why().replaceFirst("\\.$", "")
                : Counted.of(sockets.count(), "connection waits", "connections wait") + bytes;
    }

    private String unsent() {
        return (sockets.bytes() > 0 ? Bytes.text(sockets.bytes()) + " unsent in " : "")
                + Counted.of(sockets.count(), "socket");
    }

    private String others() {
        return sockets.remote().isEmpty() ? "the other end"
                : String.join(", ", sockets.remote().keySet().stream().limit(MAX_NAMES).toList())
                        + (sockets.remote().size() > MAX_NAMES ? " and others" : "");
    }
}
