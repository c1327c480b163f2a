package dev.sockreel.recorder;

import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.Spool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The state shared by the threads of one recording.
 *
 * @param options     what to record
 * @param pool        receive buffers
 * @param spool       writing thread
 * @param stop        request to end the recording
 * @param missing     families that are not requested
 * @param refusals    dumps that failed
 * @param tally       what the dumps brought
 * @param dumpNumbers number of the next dump, across all namespaces
 * @param closedNumbers number of the next announcement of a closed socket, across all namespaces
 * @param turns       permits for dumping a namespace, one per processor: more at a time would make every dump longer
 *                    and less consistent
 */
record RecordingContext(
        RecordOptions options,
        ReceivePool pool,
        Spool spool,
        StopSignal stop,
        MissingHandlers missing,
        Refusals refusals,
        DumpTally tally,
        AtomicInteger dumpNumbers,
        AtomicInteger closedNumbers,
        Semaphore turns) {

    DumpReceiver newReceiver() {
        return new DumpReceiver(pool, spool, stop, dumpNumbers, options.dumpDeadline().toNanos());
    }
}
