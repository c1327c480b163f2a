package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options that choose kinds of sockets, one for each row of the table of families that has one. Without any of them
 * all kinds are chosen.
 */
public final class FamilyOptions {
    /** The option of each kind, by the kind's first family. */
    private final Map<Family, OptionSpec> kinds = new LinkedHashMap<>();

    @Option(names = {"-4", "--ipv4"}, description = "Only IPv4.")
    private boolean ipv4;

    @Option(names = {"-6", "--ipv6"}, description = "Only IPv6.")
    private boolean ipv6;

    /** Adds the options to a command that mixes these in. */
    @Spec(Spec.Target.MIXEE)
    void addTo(CommandSpec command) {
        for (Family family : Family.all()) {
            boolean first = kinds.keySet().stream().noneMatch(f -> f.kind().equals(family.kind()));
            if (first && !family.names().options().isEmpty()) {
                OptionSpec option = OptionSpec.builder(family.names().options().toArray(new String[0]))
                        .type(boolean.class)
                        .description(capitalized(family.names().title()) + " sockets.")
                        .build();
                kinds.put(family, option);
                command.addOption(option);
            }
        }
    }

    private static String capitalized(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }

    /** Returns a test for dumps that hold sockets of the chosen kinds. */
    public Predicate<Dump> wanted() {
        return dump -> wantsKind(dump.request()) && wantsVersion(dump);
    }

    /** Returns the same test for a table of /proc/net, given the request of the dump that it replaces. */
    public Predicate<DumpRequest> wantedTables() {
        return request -> wantsKind(request) && wantsFamily(request.family());
    }

    private boolean wantsKind(DumpRequest request) {
        List<Family> given = given().toList();
        return given.isEmpty() || given.stream().anyMatch(family -> isOfKind(request, family));
    }

    private static boolean isOfKind(DumpRequest request, Family family) {
        return Family.isInet(family.af())
                ? Family.isInet(request.family()) && request.protocol() == family.protocol()
                : request.family() == family.af();
    }

    private Stream<Family> given() {
        return kinds.entrySet().stream()
                .filter(e -> Boolean.TRUE.equals(e.getValue().getValue()))
                .map(Map.Entry::getKey);
    }

    /**
     * Tests the IP version. A TCPDIAG_GETSOCK dump holds both versions, and so may a dump without a recorded request,
     * whose family is that of its first socket. Rows of those are filtered by {@link #wantsFamily}.
     */
    private boolean wantsVersion(Dump dump) {
        boolean mayHoldBoth = dump.request().familyId().equals("tcp")
                || (dump.begin().request().length == 0 && dump.request().protocol() == InetProtocol.IPPROTO_TCP);
        return mayHoldBoth || wantsFamily(dump.request().family());
    }

    /**
     * Returns the AF_* of a filter's addresses that name none: the only one that an option names, else
     * {@link Filter#AF_UNSPEC}.
     */
    public int preferredFamily() {
        // inet's kinds are of both versions: they leave it open
        Stream<Integer> ofKinds = given().map(f -> Family.isInet(f.af()) ? Filter.AF_UNSPEC : f.af());
        Stream<Integer> ofVersions = Stream.concat(
                ipv4 ? Stream.of(Family.AF_INET) : Stream.empty(), ipv6 ? Stream.of(Family.AF_INET6) : Stream.empty());
        List<Integer> named = Stream.concat(ofKinds, ofVersions).toList();
        return named.size() == 1 ? named.getFirst() : Filter.AF_UNSPEC;
    }

    /** Returns whether sockets of this address family are chosen by {@code -4} and {@code -6}. */
    public boolean wantsFamily(int family) {
        return ipv4 == ipv6 || (ipv4 && family == Family.AF_INET) || (ipv6 && family == Family.AF_INET6);
    }
}
