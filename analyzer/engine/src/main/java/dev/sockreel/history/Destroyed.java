package dev.sockreel.history;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.Socket;

/**
 * The kernel's announcement that a socket was destroyed.
 *
 * @param time      when it was received
 * @param discarded bytes of a tcp connection that were discarded unread, a FIN that was not read among them; {@link
 *                  Socket#UNKNOWN} when not known
 */
public record Destroyed(ReceiveTime time, long discarded) {}
