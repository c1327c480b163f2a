package dev.sockreel.input;

/** What opens the inputs of the command that a thread runs. */
final class CurrentInputs {
    static final ScopedValue<Inputs> SCOPE = ScopedValue.newInstance();

    private CurrentInputs() {}
}
