package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The end of a dump.
 *
 * @param dump      number of the dump
 * @param outcome   why the recorder stopped receiving; null for a number this version does not know
 * @param errno     errno of the failed call, of NLMSG_ERROR or of NLMSG_DONE (positive); 0 for none
 * @param datagrams number of datagrams in the dump
 * @param operation the system call that failed, empty for none
 * @param time      end of the dump
 */
public record DumpEnd(int dump, @Nullable Outcome outcome, int errno, int datagrams, String operation,
        ReceiveTime time) implements CaptureRecord {
    public static final int TYPE = 7;

    /** The reason why a dump ended; {@link #number()} is its number in the file. */
    public enum Outcome implements Numbered {
        /** NLMSG_DONE was received. */
        DONE(1),
        /** NLMSG_ERROR was received. */
        ERROR(2),
        /** The deadline of the dump passed. */
        TIMEOUT(3),
        /** A system call failed. */
        CALL_FAILED(4),
        /** The recording was stopped during the dump. */
        STOPPED(5),
        /** The imported source ended. */
        SOURCE_ENDED(6),
        /** No request was sent: the handler was missing earlier in this recording, with this errno. */
        MISSING_BEFORE(7),
        /** No request was sent: the handler was not loaded, and a request would have loaded it. */
        NOT_LOADED(8);

        private final int number;

        Outcome(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        static @Nullable Outcome of(int number) {
            return Numbered.of(values(), number);
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
