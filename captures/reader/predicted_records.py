"""Reads predicted records, from the page about their format alone."""
import struct

FIRST, M64 = 1 << 21, (1 << 64) - 1
RUNS, FLAGS, MATCHES, VALUES, TIMES, LITERALS = range(FIRST, FIRST + 6)
UNKNOWN = -1 << 63
I32, I64, U8, U16 = ("n", 4), ("n", 8), ("n", 1), ("n", 2)
SNAP, DUMP, ABOVE, TIME, TEXT, REST = ("snapshot", 4), ("dump", 4), ("above", 8), ("time",), ("text",), ("rest",)
WORDS, REQUEST = ("words",), ("request",)

def rows(*fields):
    return ("list", fields)

def key(field):
    return field + ("*",)

LAYOUTS = {
    3: (key(I32), I64, I64, TEXT, rows(I32, TEXT), REST),
    5: (DUMP, SNAP, key(I32), key(TEXT), U8, U8, U16, I32, TIME, REQUEST, REST),
    7: (DUMP, I32, I32, I32, TEXT, TIME, REST),
    8: (SNAP, key(I32), key(TEXT), key(U8), U8, I32, key(I32), TIME, REST),
    9: (SNAP, key(U8), U8, key(I32), TIME, TIME, I32, I32, I32, rows(I32, TEXT, TEXT, TEXT, rows(I32, I64)), REST),
    10: (SNAP, DUMP, key(I32), I64, TIME, TEXT, REST),
    13: (SNAP, TIME, rows(I32, I64, I32, TEXT, I32, TEXT, TEXT, I64, I32), REST),
    14: (SNAP, TIME, I32, rows(I32, I32, rows(I32, ("phrase", 13))), REST),
    15: (SNAP, key(I32), I32, I32, TIME, WORDS),
    16: (SNAP, TIME, I32, rows(I64, I32, TEXT, I32, TEXT), REST),
    17: (SNAP, key(I32), rows(ABOVE, ABOVE), REST),
}

def layout(kind):
    return LAYOUTS.get(kind >> 1, (REST,)) if kind & 1 else (REST,)

def whole(fields):
    return all(f[0] not in ("time", "snapshot", "dump", "above", "request") and (f[0] != "list" or whole(f[1])) for f in fields)

def signed(value):
    value &= M64
    return value - (1 << 64) if value >> 63 else value

def cut(value, width):
    value &= (1 << 8 * width) - 1
    return value - (1 << 8 * width) if width >= 4 and value >> 8 * width - 1 else value

def number(body, at, width):
    return int.from_bytes(body[at:at + width], "little", signed=width >= 4)

class Columns:
    def __init__(self, data):
        self.data, at = data, 0
        def varint():
            nonlocal at
            value = shift = 0
            while True:
                b = data[at]
                at, value, shift = at + 1, value | (b & 127) << shift, shift + 7
                if b < 128:
                    return value
        count, column, listed = varint(), 0, []
        for _ in range(count):
            column += varint()
            listed.append((column, varint()))
        self.at, self.end, self.bits = {}, {}, {}
        for column, length in listed:
            self.at[column], self.end[column] = at, at + length
            at += length
    def left(self, c):
        return self.end.get(c, 0) - self.at.get(c, 0)
    def signed(self, c):
        raw = self.unsigned(c)
        return raw >> 1 ^ -(raw & 1)
    def unsigned(self, c):
        value = shift = 0
        while True:
            b = self.data[self.at[c]]
            self.at[c] += 1
            value |= (b & 127) << shift
            shift += 7
            if b < 128:
                return value
    def flag(self, c):
        if self.bits.get(c, 8) == 8:
            self.at[c] += 1
            self.bits[c] = 0
        bit = self.data[self.at[c] - 1] >> self.bits[c] & 1
        self.bits[c] += 1
        return bit
    def align(self, c):
        self.bits[c] = 8
    def align_dumps(self):
        self.bits = {c: n for c, n in self.bits.items() if c >= FIRST}
    def bytes(self, c, n):
        if not n:
            return b""
        self.at[c] += n
        return self.data[self.at[c] - n:self.at[c]]

class Body:
    """Bytes, units [start, end, children] and states {place: (growth, other, heat)}."""
    def __init__(self):
        self.bytes, self.root, self.states = bytearray(), None, {}
    def has_states(self, unit):
        return any(unit[0] <= p < unit[1] for p in self.states)
    def of(self, unit):
        return bytes(self.bytes[unit[0]:unit[1]])
    def add(self, place, growth, other, heat):
        if len(self.states) < 64 + place // 8:
            self.states[place] = (growth, other, heat)
    def take(self, place, state, right, growth):
        if not right:
            again = state and state[2] == 3 and state[1] == growth
            old = state[0] if state else 0
            self.add(place, growth if again else old, old if again else growth, 3)
        elif state and (state[2] > 1 or growth):
            self.add(place, state[0], state[1], max(0, state[2] - 1))

class Entry:
    def __init__(self, kind):
        self.kind, self.body, self.dump, self.next, self.seen, self.key = kind, None, 0, None, 0, None
        self.known = True

def piece(line, at, end):
    def letter(b):
        return b > 127 or 48 <= b < 58 or 65 <= b < 91 or 97 <= b < 123
    core = at
    while core < end and not letter(line[core]):
        core += 1
    stop = core
    while stop < end and letter(line[stop]):
        stop += 1
    text = bytes(line[core:stop])
    if text and len(text) <= 18 and all(48 <= b < 58 for b in text) and (text[0] != 48 or len(text) == 1):
        return core, stop, "decimal", int(text)
    if len(text) == 8 and all(b in b"0123456789abcdef" for b in text):
        return core, stop, "hex", int(text, 16)
    return core, stop, None, 0

def written(line, at, core, stop, sort, value):
    if sort == "hex":
        return bytes(line[at:core]) + b"%08x" % value
    before, digits = bytes(line[at:core]), b"%d" % value
    kept = before.rstrip(b" ")
    spaces = len(before) - len(kept)
    if spaces > 1:
        before = kept + b" " * max(1, spaces + stop - core - len(digits))
    return before + digits

def parsed(fields, body, at):
    """Returns the unit of a row, its end, the places of its times, and what names a record of its type."""
    unit, times, name = [at, at, []], [], []
    def end_of(length):
        if not 0 <= length <= len(body) - at:
            raise IndexError
        return at + length
    def stated():
        nonlocal at
        at = end_of(4)
        return number(body, at - 4, 4)
    for field in fields:
        begin = at
        if field[0] in ("n", "snapshot", "dump", "above", "time"):
            if field[0] == "time":
                times.append(at)
            at = end_of(16 if field[0] == "time" else field[1])
        else:
            inner = [begin, 0, []]
            unit[2].append(inner)
            if field[0] == "list":
                for _ in range(stated()):
                    row, at, _, _ = parsed(field[1], body, at)
                    inner[2].append(row)
            else:
                if field[0] == "phrase":
                    at = end_of(field[1])
                end = len(body) if field[0] in ("rest", "words") else end_of(stated())
                while field[0] in ("text", "rest") and at < end:
                    newline = body.find(b"\n", at + 7, end) + 1
                    inner[2].append([at, newline or end, []])
                    at = newline or end
                at = end
            inner[1] = at
        if field[-1] == "*":
            name.append(bytes(body[begin:at]))
    unit[1] = at
    return unit, at, times, tuple(name)

class Predictor:
    def __init__(self):
        self.entries, self.keys, self.kinds, self.begin = [], {}, {}, Entry(-1)
        self.dump = self.form = self.monotonic = self.realtime = self.distance = self.round = 0
        self.moved, self.phrases, self.lines = False, [], []

    def learn(self, kind, body):
        """Takes a record that stands verbatim."""
        now, fields = Body(), LAYOUTS.get(kind, (REST,))
        now.bytes += body
        try:
            now.root, end, times, name = parsed(fields, body, 0)
            kind = kind * 2 + 1 if end == len(body) else kind * 2
        except (IndexError, struct.error):
            kind *= 2
        if not kind & 1:
            now.root, _, times, name = parsed((REST,), body, 0)
        name = self.name(kind, now, name)
        entry = self.keys.get(name) or self.added(kind)
        for at in times:
            realtime, monotonic = struct.unpack_from("<qq", body, at)
            if monotonic != UNKNOWN:
                now.add(at, signed(monotonic - self.monotonic), 0, 0)
                self.monotonic = monotonic
                self.distance = self.distance if realtime == UNKNOWN else signed(realtime - monotonic)
            elif realtime != UNKNOWN:
                self.realtime = realtime
        self.keep(entry, now, name)

    def name(self, kind, now, name):
        if kind == 15:
            return kind, self.dump_keys.get(number(now.bytes, 0, 4))
        return kind, name

    def added(self, kind):
        entry, like = Entry(kind), self.kinds.get(kind)
        if like:
            entry.body, entry.dump = like.body, like.dump
        self.entries.append(entry)
        return entry

    def keep(self, entry, body, name):
        entry.body, entry.dump, entry.seen, self.kinds[entry.kind] = body, self.dump, self.round, entry
        if entry.kind == 11:
            self.dump = number(body.bytes, 0, 4)
            self.dump_keys[self.dump] = name
        if self.keys.get(entry.key) is entry:
            del self.keys[entry.key]
        entry.key, self.keys[name] = name, entry
        self.last.next = self.last = entry

    def begin_snapshot(self, number, columns):
        self.snapshot, self.c, self.last, self.run = number, columns, self.begin, None
        self.dump_keys = {}
        self.round += 1

    def end_snapshot(self):
        resting = sorted((e for e in self.entries if e.seen != self.round), key=lambda e: e.seen)
        count, size = len(resting), sum(len(e.body.bytes) + 64 for e in resting)
        if count <= 4096 and size <= 8 << 20:
            return
        for e in resting:
            if count <= 2048 and size <= 4 << 20:
                break
            count, size, e.known = count - 1, size - len(e.body.bytes) - 64, False
            self.entries.remove(e)
            if self.kinds.get(e.kind) is e:
                del self.kinds[e.kind]
            if self.keys.get(e.key) is e:
                del self.keys[e.key]

    def decide(self, hot=False):
        if hot:
            return self.c.flag(FLAGS)
        if self.run is None:
            self.run = self.c.unsigned(RUNS) if self.c.left(RUNS) else 1 << 62
        self.run -= 1
        if self.run < 0:
            self.run = None
            return False
        return True

    def decode(self):
        entry = self.last.next
        if not (entry and entry.known and self.decide()):
            m = self.c.signed(MATCHES)
            place = self.entries.index(self.last) if self.last is not self.begin else -1
            if m:
                entry = self.entries[place + m - 1 if m > 0 else place + m]
            else:
                entry = self.added(self.c.unsigned(MATCHES))
        self.now, self.entry, self.above = Body(), entry, None
        self.now.root = self.row(layout(entry.kind), entry.body, entry.body and entry.body.root, None)
        name = parsed(layout(entry.kind), self.now.bytes, 0)[3]
        self.keep(entry, self.now, self.name(entry.kind, self.now, name))
        return entry.kind >> 1, bytes(self.now.bytes)

    def copied(self, old, unit):
        def shifted(u):
            return [u[0] + by, u[1] + by, [shifted(child) for child in u[2]]]
        by = len(self.now.bytes) - unit[0]
        self.now.bytes += old.of(unit)
        return shifted(unit)

    def row(self, fields, old, unit, above):
        """Codes a row against a unit of old; above is the row above that one, if it is inserted below it."""
        now, matched = self.now, old is not self.now and old is not None
        if matched and whole(fields) and not old.has_states(unit) and self.decide():
            return self.copied(old, unit)
        mine, at, child, n = [len(now.bytes), 0, []], unit[0] if unit else 0, 0, 0
        for field in fields:
            sort = field[0]
            if sort in ("n", "snapshot", "dump", "above"):
                width = field[1]
                before = number(old.bytes, at, width) if unit else 0
                state = None
                if sort == "snapshot":
                    expected = self.snapshot
                elif sort == "dump":
                    expected = -1 if before == -1 else self.dump + before - self.entry.dump
                elif sort == "above":
                    expected = before + (self.grown[n] if self.has_above else 0)
                elif matched:
                    state = old.states.get(at)
                    expected = before + (state[0] if state else 0)
                else:
                    expected = before + (before - number(old.bytes, above[0] + at - unit[0], width) if above else 0)
                value = self.number(expected, width, state)
                if sort == "dump":
                    self.dump_growth = value - before
                elif sort == "above":
                    self.grown[n] = value - before
                elif sort == "n" and matched:
                    now.take(len(now.bytes), state, value == cut(expected, width), signed(value - before))
                now.bytes += value.to_bytes(width, "little", signed=width >= 4)
                at, n = at + width, n + 1
            elif sort == "time":
                self.time(old.states.get(at) if matched else None)
                at += 16
            else:
                other = unit[2][child] if unit else None
                mine[2].append(self.inner(field, old, other, matched))
                child, at = child + 1, other[1] if other else at
        self.has_above = True
        mine[1] = len(now.bytes)
        return mine

    def number(self, expected, width, state):
        expected = cut(expected, width)
        return expected if self.decide(state and state[2]) else signed(expected + self.c.signed(VALUES))

    def inner(self, field, old, other, matched):
        sort, now = field[0], self.now
        mine, at = [len(now.bytes), 0, []], len(now.bytes)
        if sort == "phrase":
            state = old.states.get(other[0]) if matched else None
            same = other and self.decide(state and state[2])
            now.bytes += old.of(other) if same else self.text(self.phrases)
            if matched:
                now.take(at, state, same, 0)
            mine[1] = len(now.bytes)
            return mine
        may = sort in ("text", "rest", "words") or sort == "list" and whole(field[1])
        if matched and may and not old.has_states(other) and self.decide():
            return self.copied(old, other)
        prefix = 0 if sort in ("rest", "words") else 4
        now.bytes += bytes(prefix)
        if sort in ("words", "request"):
            self.words(old, other, prefix, matched, sort == "request")
            length = len(now.bytes) - at - prefix
        else:
            self.has_above, self.grown = False, [0] * 4
            mine[2] = self.elements(field[1] if sort == "list" else None, old, other)
            length = len(mine[2]) if sort == "list" else len(now.bytes) - at - prefix
        if prefix:
            now.bytes[at:at + 4] = struct.pack("<I", length)
        mine[1] = len(now.bytes)
        return mine

    def elements(self, fields, old, unit):
        olds, news, c, inserted, above = unit[2] if unit else [], [], 0, False, None
        only = fields and all(f[0] in ("n", "above") for f in fields)
        while True:
            if not inserted and self.decide():
                target = c
            else:
                m = self.c.signed(MATCHES)
                target = None if m == 0 else c + m - 1 if m > 0 else c + m
            if target == len(olds):
                return news
            inserted = target is None
            tree, other = (self.now, news[-1]) if inserted and news else (None, None) if inserted else (old, olds[target])
            above = news[-2] if inserted and only and len(news) > 1 else None
            news.append(self.row(fields, tree, other, above) if fields else self.line(tree, other))
            c = c if inserted else target + 1

    def words(self, old, other, prefix, matched, request):
        begin = other[0] + prefix if other else 0
        had = other[1] - begin if other else 0
        length = had if self.decide() else self.c.unsigned(MATCHES)
        for i in range(0, length, 4):
            width = min(4, length - i)
            before = number(old.bytes, begin + i, width) if other and i + width <= had else 0
            if request and i == 8 and width == 4:
                little, big = before & 0xFFFFFFFF, int.from_bytes((before & 0xFFFFFFFF).to_bytes(4, "little"), "big")
                by = self.dump_growth
                expected = int.from_bytes((big + by & 0xFFFFFFFF).to_bytes(4, "big"), "little") if big < little else before + by
                value = self.number(expected, 4, None)
            else:
                state = old.states.get(begin + i) if matched else None
                expected = cut(before + (state[0] if state else 0), width)
                value = self.number(expected, width, state)
                if matched:
                    self.now.take(len(self.now.bytes), state, value == expected, value - before)
            self.now.bytes += value.to_bytes(width, "little", signed=width >= 4)

    def text(self, known):
        code = self.c.unsigned(MATCHES)
        if code & 1:
            found = known.pop(code >> 1)
            known.insert(0, found)
            return found
        found = bytes(self.c.bytes(LITERALS, code >> 1))
        if 2 <= len(found) <= 64:
            known.insert(0, found)
            del known[256:]
        return found

    def line(self, old, unit):
        now, mine = self.now, [len(self.now.bytes), 0, []]
        if not unit:
            now.bytes += self.text(self.lines)
        elif not old.has_states(unit) and self.decide():
            return self.copied(old, unit)
        else:
            at, matched = unit[0], old is not now
            while at < unit[1]:
                core, stop, sort, value = piece(old.bytes, at, unit[1])
                state = old.states.get(at) if matched else None
                expected = value + (state[0] if state else 0)
                bound = 1 << 32 if sort == "hex" else 10 ** 18
                if not 0 <= expected < bound:
                    expected = value
                right = self.decide(state and state[2])
                off = 0 if right or not sort else self.c.signed(VALUES)
                if right or off:
                    now.take(len(now.bytes), state, right, expected + off - value)
                    now.bytes += written(old.bytes, at, core, stop, sort, expected + off) if sort else old.bytes[at:stop]
                    at = stop
                else:
                    for _ in range(self.c.unsigned(MATCHES)):
                        at = piece(old.bytes, at, unit[1])[1]
                    now.take(len(now.bytes), None, False, 0)
                    now.bytes += self.text(self.lines)
            if not self.decide():
                now.bytes += self.text(self.lines)
        mine[1] = len(now.bytes)
        return mine

    def time(self, state):
        if not self.decide():
            self.form = self.c.unsigned(TIMES)
        realtime = monotonic = UNKNOWN
        if self.form == 3:
            realtime = self.realtime = signed(self.realtime + self.c.signed(TIMES))
        elif self.form < 3:
            step = signed((state[0] if state else 0) + (1 if self.form else 1000) * self.c.signed(TIMES))
            monotonic = self.monotonic = signed(self.monotonic + step)
            self.now.add(len(self.now.bytes), step, 0, 0)
            if self.form < 2:
                same = self.decide(self.moved)
                self.moved = not same
                if not same:
                    self.distance = signed(self.distance + self.c.signed(TIMES))
                realtime = signed(monotonic + self.distance)
        self.now.bytes += struct.pack("<qq", realtime, monotonic)
