package dev.sockreel.recorder.options;

import java.time.Duration;

/** When all processes are looked into for the sockets they hold. */
public sealed interface OwnersPolicy {
    /** A whole scan in the first snapshot (of each file, when rotated) alone. */
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

    /** A whole scan when the last one is older. */
    record Older(Duration age) implements OwnersPolicy {
        @Override
        public String toString() {
            return Quantity.words(age);
        }
    }

    /** No scan. */
    record Never() implements OwnersPolicy {
        @Override
        public String toString() {
            return "never";
        }
    }

    /** Every 30 seconds. */
    OwnersPolicy DEFAULT = new Older(Duration.ofSeconds(30));

    /** @throws IllegalArgumentException one sentence */
    static OwnersPolicy of(String word) {
        return switch (word) {
            case "first" -> new First();
            case "each" -> new Each();
            case "never" -> new Never();
            default -> {
                try {
                    yield new Older(Quantity.duration(word));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("'" + word + "' is none of first, each, never or a time (30s)");
                }
            }
        };
    }
}
