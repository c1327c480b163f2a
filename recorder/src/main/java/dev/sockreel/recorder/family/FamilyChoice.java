package dev.sockreel.recorder.family;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which families are asked for.
 *
 * <p>Without a list: tcp, udp and unix always; every other one only where /proc says that it is in use, so that
 * recording loads no protocol module nobody uses.
 *
 * @param named ids that were listed; empty for that default
 */
public record FamilyChoice(List<String> named) {
    /** tcp, udp, unix, and others where they are in use. */
    public static final FamilyChoice IN_USE = new FamilyChoice(List.of());

    private static final Set<String> ALWAYS = Set.of("tcp", "udp", "unix");

    public FamilyChoice {
        named = List.copyOf(named);
    }

    /**
     * @param list ids (tcp4, unix-icons) or groups (tcp, unix) or {@code all}, with commas between
     * @throws IllegalArgumentException one sentence that names the word that is no family
     */
    public static FamilyChoice of(String list) {
        Set<String> ids = new LinkedHashSet<>();
        for (String word : list.split(",", -1)) {
            String name = word.strip();
            List<String> found = Requests.ALL.stream()
                    .filter(r -> name.equals("all") || r.id().equals(name) || r.group().equals(name))
                    .map(FamilyRequest::id)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is no family; there are all, "
                        + String.join(", ", Requests.ALL.stream().map(FamilyRequest::id).toList())
                        + ", and tcp for tcp4 and tcp6, and so on");
            }
            ids.addAll(found);
        }
        return new FamilyChoice(List.copyOf(ids));
    }

    /**
     * @param protocols /proc/net/protocols
     * @param packet    /proc/net/packet
     * @param netlink   /proc/net/netlink
     */
    public List<FamilyRequest> choose(byte[] protocols, byte[] packet, byte[] netlink) {
        List<FamilyRequest> out = new ArrayList<>();
        for (FamilyRequest request : Requests.ALL) {
            boolean wanted = named.isEmpty()
                    ? ALWAYS.contains(request.group())
                            || switch (request.id()) {
                                case "packet" -> hasRows(packet);
                                case "netlink" -> hasRows(netlink);
                                default -> sockets(protocols, request.row()) > 0;
                            }
                    : named.contains(request.id());
            if (wanted) {
                out.add(request);
            }
        }
        return out;
    }

    /** The sockets column of a row of /proc/net/protocols; 0 when the row is not there. */
    public static long sockets(byte[] protocols, String row) {
        for (String line : new String(protocols, StandardCharsets.US_ASCII).split("\n", -1)) {
            String[] words = line.strip().split("\\s+", 4);
            if (words.length > 2 && words[0].equals(row)) {
                try {
                    return Long.parseLong(words[2]);
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 0;
    }

    /** More than its heading. */
    private static boolean hasRows(byte[] text) {
        int lines = 0;
        for (byte b : text) {
            if (b == '\n' && ++lines > 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return named.isEmpty() ? "tcp, udp, unix and others in use" : String.join(",", named);
    }
}
