/**
 * Zstandard (RFC 8878) in plain Java: a decoder for frames that strangers made, and a fast encoder. Every access is to
 * an array with a checked index, so that no input can do more than throw, and nothing native is loaded.
 */
@NullMarked
package dev.sockreel.capture.zstd;

import org.jspecify.annotations.NullMarked;
