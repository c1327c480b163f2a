package dev.sockreel.input;

/** Holds the opener of inputs for the command that a thread runs. */
final class CurrentInputs {
    static final ScopedValue<Inputs> SCOPE = ScopedValue.newInstance();

    private CurrentInputs() {}
}
