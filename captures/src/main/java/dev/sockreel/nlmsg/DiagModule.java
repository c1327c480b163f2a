package dev.sockreel.nlmsg;

/**
 * The kernel module that answers for a family.
 *
 * @param name   its name in /proc/modules
 * @param symbol its dump function in /proc/kallsyms
 * @param config the kernel option that builds it: CONFIG_UNIX_DIAG
 */
public record DiagModule(String name, String symbol, String config) {}
