package dev.sockreel.delta;

import dev.sockreel.series.SeriesState;

/** What encoder and decoder of one series learn alike. */
final class DumpModel {
    /** The run or gap behind which nothing more comes. */
    static final int END = -1;

    final ChangeCoder changes;
    final AppearanceCoder appearances;
    final ReceivedCoder received;
    /** By how much nlmsg_seq grew. */
    int seqStep;

    DumpModel(SeriesState state) {
        changes = new ChangeCoder(state);
        appearances = new AppearanceCoder(state);
        received = new ReceivedCoder(state);
    }
}
