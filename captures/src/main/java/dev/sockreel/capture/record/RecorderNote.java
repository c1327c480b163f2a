package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A note of the recorder about its own work: a delay, a loss, a change of the host.
 *
 * @param snapshot number of the snapshot it concerns, -1 for none
 * @param dump     number of the dump it concerns, -1 for none
 * @param kind     kind of note; null for a number this version does not know, the text remains readable
 * @param value    a number, in the unit that the kind states
 * @param time     when the note was made
 * @param text     the note for people
 */
public record RecorderNote(int snapshot, int dump, @Nullable Kind kind, long value, ReceiveTime time,
        String text) implements CaptureRecord {
    public static final int TYPE = 10;

    /** The kind of note; {@link #number()} is its number in the file. */
    public enum Kind implements Numbered {
        /** Ticks of the interval passed while a snapshot still ran, and were skipped. Value: ticks. */
        MISSED_TICKS(1),
        /** The receiver waited for a free buffer, so the dump is less consistent. Value: nanoseconds. */
        RECEIVER_WAITED(2),
        /** A dump did not end by its deadline. Value: the deadline, nanoseconds. */
        TIMEOUT(3),
        /**
         * Diag modules were loaded during the recording: observing changed the host. Value: number of modules. The
         * text ends with "loaded" and the names of all modules that were loaded meanwhile.
         */
        MODULES_LOADED(4),
        /** A dump was not requested. Value: 0. */
        NOT_ASKED(5),
        /** Secret bytes were zeroed. Value: bytes. */
        SECRETS_MASKED(6),
        /** A part of the imported source was not understood and was left out. Value: bytes. */
        SOURCE_SKIPPED(7),
        /**
         * The state of a handler that could not be queried, or was not. Value: 2 it can be loaded, 3 it is missing,
         * 4 unknown, 5 it is not built into a kernel that loads no modules. The text is its module's name, a colon, and
         * how this is known.
         */
        HANDLER(8),
        /** Records were lost here before the file was recovered. Value: bytes of the damaged file. */
        LOST_BEFORE_RECOVERY(9),
        /** A network namespace was deleted during the recording. Value: its number. */
        NAMESPACE_GONE(10),
        /** Several requests in an imported source could be the one that a dump answers. Value: 0. */
        REQUEST_UNSURE(11),
        /** An imported source reports that it lost packets while a dump ran. Value: packets. */
        PACKETS_LOST(12),
        /** Announcements of destroyed sockets were lost (ENOBUFS). Value: how often; how many is not known. */
        CLOSED_LOST(13),
        /**
         * CLOCK_REALTIME was set, or CLOCK_MONOTONIC stood still while the host was suspended. Value: nanoseconds that
         * were added to the distance from the monotonic to the realtime clock; the note's time is after the step.
         */
        REALTIME_STEPPED(14),
        /**
         * A sentence that an import reported of its source: what it does not contain, what was left out, where it is
         * damaged. Value: 0.
         */
        IMPORT_REPORT(32);

        public static final int LOADABLE = 2;
        public static final int MISSING = 3;
        public static final int NOT_KNOWN = 4;
        public static final int NOT_BUILT = 5;

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        static @Nullable Kind of(int number) {
            return Numbered.of(values(), number);
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 20 + ReceiveTime.BYTES + Body.maxText(text);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(dump);
        out.writeIntLE(kind == null ? 0 : kind.number());
        out.writeLongLE(value);
        time.encode(out);
        Body.writeText(out, text);
    }

    static RecorderNote decode(ByteBuf in) throws BadRecordException {
        return new RecorderNote(
                in.readIntLE(),
                in.readIntLE(),
                Kind.of(in.readIntLE()),
                in.readLongLE(),
                ReceiveTime.decode(in),
                Body.readText(in));
    }
}
