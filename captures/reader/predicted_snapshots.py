"""Reads predicted snapshots, from the page about their format alone (FORMAT.md, "Predicted snapshots")."""
import struct

from predicted_dumps import Series
from predicted_records import FIRST, Columns, Predictor

SNAPSHOT_BEGIN, DUMP_BEGIN, DATAGRAM, DUMP_END, SNAPSHOT_END = 4, 5, 6, 7, 11
OPERATIONS, DUMPS, CHECK = FIRST - 1, FIRST - 2, FIRST - 3
COOKIES = {"unix": 24, "unix-icons": 24, "packet": 24, "xdp": 24, "netlink": 36, "vsock": 40, "smc": 60, "tipc": None}
INET = ("tcp", "udp", "udplite", "raw", "sctp", "dccp", "mptcp")

def cookie(family):
    return 60 if family.rstrip("46") in INET else COOKIES.get(family)

def dump_begin(body):
    """Returns number, namespace, family, encoding, realtime and monotonic, request of a DumpBegin."""
    dump, _, netns, length = struct.unpack_from("<iiiI", body)
    family, at = body[16:16 + length].decode(), 16 + length
    encoding, _, _, _, realtime, monotonic, size = struct.unpack_from("<BBHiqqI", body, at)
    return dump, netns, family, encoding, (realtime, monotonic), body[at + 28:at + 28 + size]

class Chain:
    """What the next snapshot is predicted from; order is "<" or ">"."""
    def __init__(self, order, crc):
        self.order, self.crc, self.records, self.series, self.snapshot = order, crc, Predictor(), {}, None

    def series_of(self, begin):
        name = begin[1], begin[2], begin[5][:8] + begin[5][12:] if len(begin[5]) >= 12 else begin[5]
        return self.series.setdefault(name, Series(cookie(begin[2]), self.order))

    def learn(self, key):
        """Takes the records of a key: tuples of type and body."""
        dumps, busy = {}, set()
        for kind, body in key:
            if kind == SNAPSHOT_BEGIN:
                self.snapshot = struct.unpack_from("<i", body)[0]
                self.records.begin_snapshot(self.snapshot, None)
            elif kind == DATAGRAM:
                dump, number, marks, flags, true, sender, realtime, monotonic = struct.unpack_from("<iiiiIIqq", body)
                if dump in dumps:
                    dumps[dump][1].append((dump, number, marks, flags, true, sender, realtime, monotonic, body[40:]))
            elif kind != SNAPSHOT_END:
                self.records.learn(kind, body)
            if kind == DUMP_BEGIN:
                begin = dump_begin(body)
                series = self.series_of(begin)
                if series not in busy:
                    busy.add(series)
                    dumps[begin[0]] = series, []
            ended = list(dumps) if kind == SNAPSHOT_END else []
            if kind == DUMP_END and struct.unpack_from("<i", body)[0] in dumps:
                ended = [struct.unpack_from("<i", body)[0]]
            for dump in ended:
                series, datagrams = dumps.pop(dump)
                series.learn(datagrams)
                busy.discard(series)
        self.records.end_snapshot()

    def read(self, snapshot, block):
        """Returns the records of a block: tuples of type and body."""
        columns, dumps, dump, check, found = Columns(block), {}, 0, b"", []
        self.records.begin_snapshot(snapshot, columns)
        while True:
            operation = columns.signed(OPERATIONS)
            if operation == 1:
                kind, body = self.records.decode()
                check += body
                if kind == DUMP_BEGIN:
                    begin = dump_begin(body)
                    if begin[3] == 1:
                        dumps[begin[0]] = self.series_of(begin), begin[4]
                        at = 16 + len(begin[2].encode())
                        body = body[:at] + b"\0" + body[at + 1:]
                found.append((kind, body))
            elif operation == 2:
                dump += columns.signed(DUMPS)
                series, asked = dumps.pop(dump)
                columns.align_dumps()
                for d in series.apply(columns, asked):
                    found.append((DATAGRAM, struct.pack("<iiiiIIqq", *d[:8]) + d[8]))
                columns.align_dumps()
            elif operation == 0:
                if columns.signed(CHECK) != self.crc(check):
                    raise ValueError("the records have another checksum")
                self.records.end_snapshot()
                self.snapshot = snapshot
                return found
            else:
                raise ValueError("operation %d" % operation)

class Snapshots:
    """Expands predicted snapshots; is told all records of a capture in their order, and where some are missing."""
    def __init__(self, crc):
        self.crc, self.order, self.key, self.open, self.chain, self.block = crc, "<", None, None, None, None

    def damage(self):
        self.open = self.block = None

    def take(self, kind, body, is_key):
        """Returns the records that a record stands for, None if these cannot be read."""
        if kind == 1:
            self.order = ">" if body[36] == 2 else "<"
        if kind == SNAPSHOT_BEGIN:
            self.open = [] if is_key else None
        if kind == 18:
            return self.part(body)
        if self.open is not None:
            self.open.append((kind, body))
            if kind == SNAPSHOT_END:
                self.key, self.open, self.chain = self.open, None, None
        return [(kind, body)]

    def part(self, body):
        snapshot, base, key, version, last, part = struct.unpack_from("<iiiBBi", body)
        if part == 0:
            self.block = b""
        if self.block is None or version != 1:
            return None
        self.block += body[18:]
        if not last:
            return []
        block, self.block = self.block, None
        if self.chain is None or self.chain.snapshot != base:
            if base != key or not self.key or struct.unpack_from("<i", self.key[0][1])[0] != key:
                return None
            self.chain = Chain(self.order, self.crc)
            self.chain.learn(self.key)
        try:
            return self.chain.read(snapshot, block)
        except (ValueError, KeyError, IndexError, struct.error):
            self.chain = None
            return None
