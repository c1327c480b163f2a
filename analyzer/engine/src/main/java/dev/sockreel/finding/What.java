package dev.sockreel.finding;

import java.util.Locale;

/** What a cause does, or does not do. */
public enum What {
    NOT_READING,
    SLOW_READING,
    NOT_ACCEPTING,
    NOT_CLOSING,
    LEAKING,
    CONNECT_HANGS,
    /** The other end acknowledges nothing: network or peer. */
    NO_ACKS,
    /** The other end's window is closed. */
    PEER_TAKES_NO_MORE,
    DROPS,
    /** Something waits; whether anybody attends to it cannot be told. */
    WAITING;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
