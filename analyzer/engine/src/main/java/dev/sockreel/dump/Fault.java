package dev.sockreel.dump;

/**
 * A fault of one dump.
 *
 * @param where the datagram and byte, a group of the file, or a system call
 * @param why   one clause with the numbers
 */
public record Fault(DumpFault kind, String where, String why) {}
