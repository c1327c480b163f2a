package dev.sockreel.recorder.help;

import picocli.CommandLine.Model.OptionSpec;

/** The groups in which help lists options. An option belongs to the first unless its {@code order} says otherwise. */
public enum OptionGroup {
    CHOOSING("Choosing"),
    OUTPUT("Output"),
    GENERAL("General");

    /** {@code @Option(order = ORDER_OUTPUT)}: an option about what is written, where and how. */
    public static final int ORDER_OUTPUT = 1;
    /** {@code @Option(order = ORDER_GENERAL)}: an option that changes neither what is chosen nor what is written. */
    public static final int ORDER_GENERAL = 2;

    private final String heading;

    OptionGroup(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }

    static OptionGroup of(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return GENERAL;
        }
        return switch (option.order()) {
            case ORDER_OUTPUT -> OUTPUT;
            case ORDER_GENERAL -> GENERAL;
            default -> CHOOSING;
        };
    }
}
