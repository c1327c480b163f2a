package dev.sockreel.cli.ss.text;

/** ss's columns in their order. */
public enum Column {
    NETID("Netid", "", false),
    STATE("State", " ", false),
    RECV_Q("Recv-Q", " ", false),
    SEND_Q("Send-Q", " ", false),
    LOCAL_ADDRESS("Local Address:", " ", true),
    LOCAL_PORT("Port", "", false),
    PEER_ADDRESS("Peer Address:", " ", true),
    PEER_PORT("Port", "", false),
    PROCESS("Process", "", false),
    MORE("", "", false);

    final String heading;
    /** The text between it and the column before. */
    final String delimiter;
    final boolean toTheRight;

    Column(String heading, String delimiter, boolean toTheRight) {
        this.heading = heading;
        this.delimiter = delimiter;
        this.toTheRight = toTheRight;
    }
}
