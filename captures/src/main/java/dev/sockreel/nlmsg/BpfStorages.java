package dev.sockreel.nlmsg;

/**
 * Finds the values in INET_DIAG_SK_BPF_STORAGES, whose content only the BPF program knows (uapi/linux/sock_diag.h).
 * Everything else in it that is not the number of a map counts as a value.
 *
 * <pre>
 *  INET_DIAG_SK_BPF_STORAGES
 *    SK_DIAG_BPF_STORAGE            each map
 *      SK_DIAG_BPF_STORAGE_MAP_ID     u32
 *      SK_DIAG_BPF_STORAGE_MAP_VALUE  bytes
 * </pre>
 */
final class BpfStorages {
    /** uapi/linux/inet_diag.h. */
    static final int INET_DIAG_SK_BPF_STORAGES = 20;

    private static final int SK_DIAG_BPF_STORAGE = 1;
    private static final int SK_DIAG_BPF_STORAGE_PAD = 1;
    private static final int SK_DIAG_BPF_STORAGE_MAP_ID = 2;
    private static final int MAP_ID_BYTES = 4;

    /** Takes the offsets of bytes that belong to values. */
    interface Values {
        void range(int from, int to);
    }

    private final NlattrWalk maps;
    private final NlattrWalk map;

    BpfStorages(WireReader in) {
        maps = new NlattrWalk(in, 0, 0);
        map = new NlattrWalk(in, 0, 0);
    }

    /** Passes all values within the attribute's value to {@code values}. */
    void forEach(int from, int to, Values values) {
        maps.restart(from, to);
        while (maps.next()) {
            int value = maps.value();
            int end = value + maps.valueBytes();
            if (maps.type() == SK_DIAG_BPF_STORAGE) {
                ofMap(value, end, values);
            } else {
                values.range(value, end);
            }
        }
        if (maps.broken()) {
            values.range(maps.offset(), to);
        }
    }

    private void ofMap(int from, int to, Values values) {
        map.restart(from, to);
        while (map.next()) {
            boolean isId = map.type() == SK_DIAG_BPF_STORAGE_MAP_ID && map.valueBytes() == MAP_ID_BYTES;
            boolean isPad = map.type() == SK_DIAG_BPF_STORAGE_PAD && map.valueBytes() == 0;
            if (!isId && !isPad) {
                values.range(map.value(), map.value() + map.valueBytes());
            }
        }
        if (map.broken()) {
            values.range(map.offset(), to);
        }
    }
}
