package dev.sockreel.recorder.options;

import java.time.Duration;

/** The schedule of owner scans, which examine all processes for the sockets they hold. */
public sealed interface OwnersPolicy {
    /** A whole scan in the first snapshot only (of each file, when rotated). */
    record First() implements OwnersPolicy {
        @Override
        public String toString() {
            return "first";
        }
    }

    /** A whole scan in each snapshot. */
    record Each() implements OwnersPolicy {
        @Override
        public String toString() {
            return "each";
        }
    }

    /** A whole scan when the last one is older than this. */
    record OlderThan(Duration age) implements OwnersPolicy {
        @Override
        public String toString() {
            return Quantity.format(age);
        }
    }

    /** No scan. */
    record Never() implements OwnersPolicy {
        @Override
        public String toString() {
            return "never";
        }
    }

    /** A whole scan every 30 seconds. */
    OwnersPolicy DEFAULT = new OlderThan(Duration.ofSeconds(30));

    /**
     * Parses first, each, never or a time.
     *
     * @throws IllegalArgumentException with one sentence for people
     */
    static OwnersPolicy of(String word) {
        return switch (word) {
            case "first" -> new First();
            case "each" -> new Each();
            case "never" -> new Never();
            default -> {
                try {
                    yield new OlderThan(Quantity.duration(word));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "'" + word + "' is not first, each, never or a time such as 30s");
                }
            }
        };
    }
}
