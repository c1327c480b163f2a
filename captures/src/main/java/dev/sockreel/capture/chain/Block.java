package dev.sockreel.capture.chain;

/**
 * The columns that say what stands in a block, of which a snapshot has one: one operation after another, each with what
 * it needs in columns of its own.
 *
 * <pre>
 * operation   in column OPERATIONS     then
 * END         0                        CHECK: CRC32C of the bodies of all records of the block; the block ends
 * RECORD      1                        a record as of {@link dev.sockreel.delta.record.RecordPredictor}
 * DATAGRAMS   2                        DUMPS: number of the dump less that of the last one named here; then its
 *                                      datagrams as of {@link dev.sockreel.delta.DumpEncoder}
 * </pre>
 */
final class Block {
    static final int END = 0;
    static final int RECORD = 1;
    static final int DATAGRAMS = 2;

    /** The first columns above those of dumps and below those of other records. */
    static final int OPERATIONS = (1 << 21) - 1;
    static final int DUMPS = (1 << 21) - 2;
    static final int CHECK = (1 << 21) - 3;

    /** The most bytes of a block; a dump of ten million sockets that all changed takes less. */
    static final int MAX_BYTES = 1 << 28;

    private Block() {}
}
