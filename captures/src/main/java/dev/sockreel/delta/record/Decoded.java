package dev.sockreel.delta.record;

import io.netty.buffer.ByteBuf;

/**
 * A record that was read.
 *
 * @param type its type
 * @param body its body, not to be changed
 */
public record Decoded(int type, ByteBuf body) {}
