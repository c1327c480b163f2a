package dev.sockreel.cli.choosing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.filter.Filter;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine;

/** The options of every kind in the table of families. */
class FamilyOptionsTest {
    @Command(name = "any")
    private static final class AnyCommand {
        @Mixin
        private final FamilyOptions families = new FamilyOptions();
    }

    private static FamilyOptions parse(String... words) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(words);
        return command.families;
    }

    private static List<String> tables(FamilyOptions options) {
        return Family.all().stream()
                .filter(f -> options.wantedTables().test(DumpRequest.ofFamilyId(f.id())))
                .map(Family::id)
                .toList();
    }

    static Stream<Family> families() {
        return Family.all().stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void eachOptionChoosesItsKind(Family family) {
        List<String> kind =
                families().filter(f -> f.kind().equals(family.kind())).map(Family::id).toList();
        for (String option : family.names().options()) {
            assertEquals(kind, tables(parse(option)), option);
            assertEquals(
                    Family.isInet(family.af()) ? Filter.AF_UNSPEC : family.af(), parse(option).preferredFamily(),
                    option);
        }
    }

    @Test
    void severalAndNone() {
        assertEquals(Family.all().size(), tables(parse()).size());
        assertEquals(List.of("udp4", "udp6", "packet"), tables(parse("-0u")));
        assertEquals(List.of("tcp6"), tables(parse("-t6")));
        assertTrue(tables(parse("-4")).containsAll(List.of("tcp4", "raw4")));
        assertEquals(Family.AF_INET6, parse("-6").preferredFamily());
        assertEquals(Filter.AF_UNSPEC, parse("-t", "-6").preferredFamily());
        assertEquals(Filter.AF_UNSPEC, parse("-x", "-0").preferredFamily());
    }
}
