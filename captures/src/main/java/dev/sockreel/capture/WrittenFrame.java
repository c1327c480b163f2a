package dev.sockreel.capture;

/**
 * A zstd frame as it stands in the file.
 *
 * @param contentBytes number of bytes that it holds uncompressed
 */
@SuppressWarnings("ArrayRecordComponent")
record WrittenFrame(byte[] bytes, int contentBytes) {}
