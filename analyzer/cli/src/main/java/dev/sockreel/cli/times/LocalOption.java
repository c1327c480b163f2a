package dev.sockreel.cli.times;

import dev.sockreel.recorder.help.OptionGroup;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The {@code --local} option. The zone stands behind {@code =}, so that the next word may be a file. */
public final class LocalOption {
    private static final String NAME = "--local";
    private static final String MACHINE = "here";

    @Option(
            names = NAME,
            order = OptionGroup.ORDER_OUTPUT,
            arity = "0..1",
            fallbackValue = MACHINE,
            paramLabel = "ZONE",
            preprocessor = Attached.class,
            converter = Zone.class,
            description = "Show local times beside UTC in text, and read a TIME without a zone as local. The zone is"
                    + " this machine's (TZ) or the one given: --local=Europe/Berlin.")
    private @Nullable ZoneId zone;

    /** Returns the times as this option wants them shown and read. */
    public ShownTimes times() {
        return zone == null ? ShownTimes.UTC : new ShownTimes(zone);
    }

    /** Returns the same for a command that may have the option. */
    public static ShownTimes of(CommandSpec command) {
        var option = command.findOption(NAME);
        return option == null || !(option.getValue() instanceof ZoneId given) ? ShownTimes.UTC : new ShownTimes(given);
    }

    /** Takes a zone only if it is attached to the option. */
    static final class Attached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if ("=".equals(info.get("separator"))) {
                return false; // picocli does the rest
            }
            option.setValue(ZoneId.systemDefault());
            return true;
        }
    }

    /** Parses the name of a zone, or an offset. */
    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String word) {
            try {
                return word.equals(MACHINE) ? ZoneId.systemDefault() : ZoneId.of(word);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "\"" + word + "\" is no time zone: use Europe/Berlin, UTC or +01:00");
            }
        }
    }
}
