package dev.sockreel.peers;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Hands each row of a snapshot to the {@link AddressPeers} that it may concern, by its ports: what many sockets look
 * for is found in two walks, and a row costs a few look-ups however many they are. Addresses without ports count as
 * port 0.
 */
final class AddressSearch {
    private static final int PORT_BITS = 16;
    private static final int PORT_MASK = 0xffff;

    private final List<AddressPeers> all = new ArrayList<>();
    /** Both ports of a row → who looks for such ends; made anew for the second walk. */
    private final Map<Integer, Collection<AddressPeers>> byPorts = new HashMap<>();
    /** Local port of a connection → listeners with it. */
    private final Map<Integer, Collection<AddressPeers>> listening = new HashMap<>();
    /** Sockets that are bound to an address and connected to none, by the address that a connected row sends to. */
    private final Map<Integer, Collection<AddressPeers>> bound = new HashMap<>();
    /** Port of an unconnected row → sockets that send to it. */
    private final Map<Integer, Collection<AddressPeers>> sending = new HashMap<>();
    /** Port of a listener → connections with it at either end. */
    private final Map<Integer, Collection<AddressPeers>> connected = new HashMap<>();

    AddressPeers add(SocketRow own) {
        AddressPeers peers = new AddressPeers(own);
        Socket s = own.socket();
        int near = near(s.portPair());
        int far = far(s.portPair());
        if (peers.isConnected()) {
            put(sending, far, peers);
            put(connected, near, peers);
            put(connected, far, peers);
        } else {
            put(s.isListener() ? listening : bound, near, peers);
        }
        all.add(peers);
        want(peers);
        return peers;
    }

    private void want(AddressPeers peers) {
        peers.wanted().forEach(ends -> put(byPorts, ends.ports(), peers));
    }

    private static void put(Map<Integer, Collection<AddressPeers>> map, int key, AddressPeers peers) {
        map.computeIfAbsent(key, k -> new LinkedHashSet<>(2)).add(peers);
    }

    void nearest(SocketRow row) {
        look(row);
        int ports = row.socket().portPair();
        of(listening, near(ports)).forEach(p -> p.connection(row));
        of(bound, far(ports)).forEach(p -> p.sender(row));
        if (far(ports) == 0) {
            of(sending, near(ports)).forEach(p -> p.receiver(row));
        }
    }

    void nextWalk() {
        byPorts.clear();
        all.forEach(AddressPeers::nextWalk);
        all.forEach(this::want);
    }

    void farther(SocketRow row) {
        look(row);
        if (row.socket().isListener()) {
            of(connected, near(row.socket().portPair())).forEach(p -> p.listener(row));
        }
    }

    private void look(SocketRow row) {
        of(byPorts, row.socket().portPair()).forEach(p -> p.look(row));
    }

    private static Collection<AddressPeers> of(Map<Integer, Collection<AddressPeers>> map, int key) {
        return map.getOrDefault(key, List.of());
    }

    /** Returns the port of the own end in {@link InetEndpoint#portPair}. */
    private static int near(int ports) {
        return ports >>> PORT_BITS;
    }

    private static int far(int ports) {
        return ports & PORT_MASK;
    }
}
