package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A dump ended.
 *
 * @param outcome   why the recorder stopped receiving; null for a number this version does not know
 * @param errno     of the failed call, of NLMSG_ERROR or of NLMSG_DONE (positive); 0 when none
 * @param operation the system call that failed, empty when none
 */
public record DumpEnd(int dump, @Nullable Outcome outcome, int errno, int datagrams, String operation,
        ReceiveTime time) implements CaptureRecord {
    public static final int TYPE = 7;

    /** The number in the file is {@link #number()}. */
    public enum Outcome {
        /** NLMSG_DONE came. */
        DONE(1),
        /** NLMSG_ERROR came. */
        ERROR(2),
        /** The deadline of the dump passed. */
        TIMEOUT(3),
        /** A system call failed. */
        CALL_FAILED(4),
        /** The recording was stopped in the middle. */
        STOPPED(5),
        /** The imported source ended. */
        SOURCE_ENDED(6),
        /** Not asked again: the handler was missing earlier in this recording; errno is that of then. */
        MISSING_BEFORE(7),
        /** Not asked: the handler was not loaded, and asking would have loaded it. */
        NOT_LOADED(8);

        private final int number;

        Outcome(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        static @Nullable Outcome of(int number) {
            for (Outcome outcome : values()) {
                if (outcome.number == number) {
                    return outcome;
                }
            }
            return null;
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 16 + Body.maxText(operation) + ReceiveTime.BYTES;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(dump);
        out.writeIntLE(outcome == null ? 0 : outcome.number());
        out.writeIntLE(errno);
        out.writeIntLE(datagrams);
        Body.writeText(out, operation);
        time.encode(out);
    }

    static DumpEnd decode(ByteBuf in) throws BadRecordException {
        return new DumpEnd(
                in.readIntLE(),
                Outcome.of(in.readIntLE()),
                in.readIntLE(),
                in.readIntLE(),
                Body.readText(in),
                ReceiveTime.decode(in));
    }
}
