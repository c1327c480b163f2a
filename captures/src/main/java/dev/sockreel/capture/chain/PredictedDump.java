package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.ReceiveTime;

/**
 * A dump that has begun and whose datagrams are predicted.
 *
 * @param requested when its request was sent
 */
record PredictedDump(Series series, ReceiveTime requested) {}
