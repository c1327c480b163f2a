package dev.sockreel.report;

import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;

/** The reason to look at a socket, the strongest first. */
enum Interest {
    /** Something waits to be received. */
    WAITING,
    /** Something waits to be sent. */
    SENDING,
    LISTENER,
    NONE;

    static Interest of(Socket socket) {
        if (Boolean.TRUE.equals(socket.waiting())) {
            return WAITING;
        }
        if (socket.isListener()) {
            return socket.recvQ().kernelNumber() > 0 ? WAITING : LISTENER;
        }
        Queue sendQ = socket.sendQ();
        return sendQ.kernelNumber() > 0 ? SENDING : NONE;
    }
}
