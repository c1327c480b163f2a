package dev.sockreel.recorder;

import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.Spool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the threads of one recording share.
 *
 * @param dumpNumbers next dump's number, over all namespaces
 * @param turns       how many namespaces are dumped at the same time: more than processors would only make every
 *                    dump longer and less consistent
 */
record RecordingContext(
        RecordOptions options,
        ReceivePool pool,
        Spool spool,
        StopSignal stop,
        MissingHandlers missing,
        Refusals refusals,
        AtomicInteger dumpNumbers,
        Semaphore turns) {

    DumpReceiver newReceiver() {
        return new DumpReceiver(pool, spool, stop, dumpNumbers, options.dumpDeadline().toNanos());
    }
}
