package dev.sockreel.cli;

/** The input of a command, in the words of matrix.txt. */
enum MatrixCase {
    NO_ARGUMENT("no argument"),
    HELP("-h"),
    WRONG_OPTION("wrong option"),
    MISSING_FILE("missing file"),
    FOLDER("folder as file"),
    EMPTY_FILE("empty file"),
    TEXT_FILE("text file"),
    UNREADABLE_FILE("unreadable file"),
    EXISTING_OUTPUT("existing output"),
    LINK("output is a link"),
    PIPE("FIFO"),
    STDOUT("/dev/stdout"),
    FULL("/dev/full"),
    DASH_IN("- in"),
    DASH_OUT("- out"),
    INTERRUPT("Ctrl-C");

    private final String words;

    MatrixCase(String words) {
        this.words = words;
    }

    static MatrixCase of(String words) {
        for (MatrixCase one : values()) {
            if (one.words.equals(words)) {
                return one;
            }
        }
        throw new IllegalArgumentException("no case is called " + words);
    }

    @Override
    public String toString() {
        return words;
    }
}
