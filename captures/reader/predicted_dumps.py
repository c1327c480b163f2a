"""Reads predicted dumps, from the page about their format alone (FORMAT.md, "Predicted dumps")."""
import struct
from itertools import count

UNKNOWN, MSG_TRUNC = -1 << 63, 0x20
(KIND, COUNT, SEQ, PID, GAP, EVENT, RUN, HOT, RECENT, MASK, MORE, EXTRA, PARTNER, INFO, RELATION, PACING, PACKETS, INTERVAL,
 APPEARED_LENGTH, APPEARED_MASK, APPEARED_HOW, EDGE_GAP, EDGE, WHOLE_GAP, WHOLE, WHOLE_BYTES, DUMP, HEADER_GAP, HEADER,
 TIME_FIRST, TIME, OFFSET, TIME_RAW) = range(33)

def i32(value):
    return (value + (1 << 31) & 0xFFFFFFFF) - (1 << 31)

def bits(value):
    return min(32, abs(value).bit_length())

def towards_zero(value, by):
    return value // by if value >= 0 else -(-value // by)

class Message:
    def __init__(self, words):
        self.words, self.profile, self.hot, self.fresh = words, (), 0, True

class Length:
    """What is known of messages of one length."""
    def __init__(self, words):
        self.usual, self.other, self.hits, self.latest = [0] * words, [0] * words, [0] * words, ()
        self.changed = False
        self.live, self.sets = [], []
        self.costs = [[[0, 0] for _ in range(words)] for _ in range(2)]
        self.partner, self.trust = [None] * words, [0] * words
        self.value, self.step, self.before = [0] * words, [0] * words, [0] * words

class Datagram:
    def __init__(self, dump, number, marks, flags):
        self.dump, self.number, self.marks, self.flags = dump, number, marks, flags
        self.realtime = self.monotonic = UNKNOWN
        self.whole, self.messages, self.bytes = None, 0, 0

class Series:
    """The dumps of one request in one namespace. order is "<" or ">", cookie its offset or None."""
    def __init__(self, cookie, order):
        self.cookie, self.order = cookie, order
        self.messages, self.datagrams, self.lengths, self.profiles = [], [], {}, set()
        self.seq = self.pid = self.seq_step = 0
        self.first = self.limit = 0
        self.dump_last = self.dump_step = self.marks = self.flags = 0
        self.last = self.offset = self.step = self.delay = self.mean = 0
        self.appeared = 4

    def length(self, words):
        return self.lengths.setdefault(words, Length(words))

    # the state

    def meet(self, message):
        """Returns the prediction of a message of the dump before."""
        known = self.length(len(message.words))
        if message.fresh:
            message.profile, message.fresh = known.latest, False
        words = list(message.words)
        for w in message.profile:
            words[w] = words[w] + known.usual[w] & 0xFFFFFFFF
        return words

    def keep(self, message, words):
        message.words = words
        if message.hot:
            message.hot -= 1
        else:
            self.length(len(words)).latest = message.profile

    def change(self, message, words, changed):
        """Takes a message that changed; changed is a list of word and growth."""
        known = self.length(len(words))
        message.words = words
        if message.profile and tuple(w for w, _ in changed) == message.profile:
            for w, growth in changed:
                known.other[w], known.usual[w] = known.usual[w], growth
            return
        profile = message.profile
        pure = all(growth in (known.usual[w], known.other[w]) for w, growth in changed)
        for w, growth in changed:
            joins = leaves = False
            if w in message.profile:
                known.hits[w] -= known.hits[w] >> 5
                if growth == 0:
                    leaves = True
                elif growth == known.other[w]:
                    known.other[w], known.usual[w] = known.usual[w], growth
                else:
                    known.other[w] = growth
            elif growth == known.usual[w]:
                known.hits[w] += 4096 - known.hits[w] >> 5
                joins = True
            elif growth == known.other[w]:
                known.hits[w] -= known.hits[w] >> 5
                known.other[w], known.usual[w] = known.usual[w], growth
                joins = True
            else:
                known.hits[w] -= known.hits[w] >> 5
                known.other[w] = growth
            if leaves:
                profile = self.interned(len(words), tuple(x for x in profile if x != w), profile)
            elif joins and pure and known.hits[w] > 1024 and w >= 4 and len(profile) < 4:
                profile = self.interned(len(words), tuple(sorted(profile + (w,))), profile)
        message.hot = 3
        if profile != message.profile:
            message.profile = known.latest = profile

    def interned(self, length, made, old):
        if made and (length, made) not in self.profiles:
            if len(self.profiles) >= 4096:
                return old
            self.profiles.add((length, made))
        return made

    def key(self, words):
        at = self.cookie
        if at is None or at + 8 > 4 * len(words):
            return len(words), words[1]
        return len(words), words[at // 4], words[at // 4 + 1]

    def learn(self, datagrams):
        """Takes a dump that stands verbatim: tuples of dump, number, marks, flags, true length, sender, times, bytes."""
        self.begin()
        old, met, now, expected, table, known = self.messages, set(), [], 0, None, False
        seq, pid, self.datagrams = self.seq, self.pid, []
        for dump, number, marks, flags, true, sender, realtime, monotonic, data in datagrams:
            d = Datagram(dump, number, marks, flags)
            d.realtime, d.monotonic = realtime, monotonic
            self.datagrams.append(d)
            found, at = [], 0
            while sender == 0 and not flags & MSG_TRUNC and true == len(data) and at < len(data):
                if len(data) - at < 16:
                    found = []
                    break
                size, kind, _, its_seq, its_pid = struct.unpack_from(self.order + "IHHII", data, at)
                end = at + (size + 3 & ~3)
                if not 16 <= size <= 65536 or end > len(data) or kind not in (3, 18, 20):
                    found = []
                    break
                if not known:
                    known, seq, pid = True, its_seq, its_pid
                if (its_seq, its_pid) != (seq, pid):
                    found = []
                    break
                words = list(struct.unpack_from("%s%dI" % (self.order, (end - at) // 4), data, at))
                words[2] = words[3] = 0
                found.append(words)
                at = end
            if not found:
                d.whole = true, sender, data
            d.messages, d.bytes = len(found), len(data)
            for words in found:
                fits = expected < len(old) and expected not in met and self.key(old[expected].words) == self.key(words)
                if not fits:
                    if table is None:
                        table = {}
                        for i, m in enumerate(old):
                            table.setdefault(self.key(m.words), i)
                        keys = [self.key(m.words) for m in old]
                    place = table.get(self.key(words))
                    if place is None or place in met:
                        now.append(Message(words))
                        continue
                    expected = place
                message = old[expected]
                met.add(expected)
                expected += 1
                predicted = self.meet(message)
                changed = [(w, i32(words[w] - message.words[w])) for w in range(len(words)) if words[w] != predicted[w]]
                if changed:
                    self.change(message, words, changed)
                else:
                    self.keep(message, words)
                now.append(message)
        self.messages, self.seq, self.pid = now, seq, pid

    # deltas

    def begin(self):
        """Learns from the datagrams of the dump before."""
        plain = [d for d in self.datagrams if d.whole is None]
        self.counts = [d.messages for d in plain]
        self.alone = len(plain) > 1 and plain[-1].messages == 1
        filled = plain[:-1] if self.alone else plain
        if len(filled) > 1:
            self.first = max(self.first, filled[0].bytes)
            self.limit = max([self.limit] + [d.bytes for d in filled])
        if self.datagrams:
            d = self.datagrams[0]
            self.dump_last, self.marks, self.flags = d.dump, self.datagrams[-1].marks, self.datagrams[-1].flags
            if d.monotonic != UNKNOWN and d.realtime != UNKNOWN:
                self.last, self.offset = d.monotonic, d.realtime - d.monotonic

    def apply(self, c, asked):
        """Reads a dump; asked is realtime and monotonic of its DumpBegin. Returns datagrams as learn takes them."""
        self.begin()
        self.c = c
        kind = c.signed(KIND)
        size = len(self.messages) + (c.signed(COUNT) if kind & 1 else 0)
        self.seq_step = self.seq_step + (c.signed(SEQ) if kind & 2 else 0)
        pid = i32(self.pid + (c.signed(PID) if kind & 4 else 0))
        old, met, now, expected = self.messages, set(), [], 0
        gap = c.signed(GAP) if kind & 8 else -1
        run = c.signed(RUN) if kind & 16 else -1
        while len(now) < size:
            if gap == 0:
                jump = c.signed(EVENT)
                if jump:
                    expected += jump
                else:
                    now.append(self.appear())
                gap = c.signed(GAP)
                continue
            message = old[expected]
            if expected in met or expected < 0:
                raise ValueError("a message was met twice")
            met.add(expected)
            expected += 1
            words = self.meet(message)
            if message.hot:
                is_changed = c.flag(HOT)
            else:
                is_changed = run == 0
                run = c.signed(RUN) if is_changed else run - 1 if run > 0 else run
            if is_changed:
                self.change(message, words, self.changed(message, words))
            else:
                self.keep(message, words)
            now.append(message)
            gap = gap - 1 if gap > 0 else gap
        self.messages, self.pid = now, pid & 0xFFFFFFFF
        self.seq = self.seq + self.seq_step & 0xFFFFFFFF
        self.received(kind, asked)
        return self.all()

    def column(self, word, kind):
        family = 0 if self.cookie is None else self.cookie // 4 % 16
        return 64 + (min(word, 16000) * 16 + family) * 8 + kind

    def appear(self):
        c = self.c
        self.appeared += c.signed(APPEARED_LENGTH)
        known, words = self.length(self.appeared), []
        c.align(APPEARED_MASK)
        for w in range(self.appeared):
            value = known.value[w]
            if w not in (2, 3) and c.flag(APPEARED_MASK):
                if known.step[w] and c.flag(APPEARED_HOW):
                    new = i32(value + known.step[w])
                elif c.flag(APPEARED_HOW):
                    new = known.before[w]
                else:
                    new = i32(value + c.signed(self.column(w, 4)))
                known.step[w], known.before[w], known.value[w] = i32(new - value), value, new
                value = new
            words.append(value & 0xFFFFFFFF)
        return Message(words)

    def changed(self, message, words):
        """Brings the predicted words to the new ones; returns which changed, with their growths."""
        c, known, before = self.c, self.length(len(words)), list(words)
        if not known.changed:
            known.changed, known.info = True, c.signed(INFO)
        place = c.signed(RECENT)
        if place:
            which = known.sets.pop(place - 1)
        else:
            which = [w for w in known.live if c.flag(MASK)]
            if known.live:
                c.align(MASK)
            if c.flag(MORE):
                more = [c.signed(EXTRA) for _ in range(c.signed(EXTRA))]
                known.live = sorted(known.live + more)
                which = sorted(which + more)
        if len(which) <= 64:
            known.sets.insert(0, which)
            del known.sets[63:]
        move = bool(which) and tuple(which) == message.profile
        growths, rate = {}, None
        for w in which:
            usual = known.usual[w] if w in message.profile else 0
            error, part = 0, w - known.info & ~1
            if known.info and part in (26, 40):
                if (w - known.info) & 1 == 0 or w - 1 not in which:
                    rate = self.rate(words, known.info, part)
                if rate is not None:
                    upper = (w - known.info & 1 == 1) == (self.order == "<")
                    error = i32((rate >> 32 if upper else rate) - words[w])
            partner = known.partner[w]
            if not error and partner in growths and known.trust[w] >= 4 and growths[partner] != usual and c.flag(PARTNER):
                error = i32(growths[partner] - usual)
            if not error:
                cost = known.costs[move][w]
                if cost[1] < cost[0]:
                    error = i32(c.signed(self.column(w, 3 if move else 1)) - words[w])
                else:
                    error = i32(c.signed(self.column(w, 2 if move else 0)))
                cost[0] += 16 * bits(error) - cost[0] >> 3
                cost[1] += 16 * bits(i32(words[w] + error)) + 4 - cost[1] >> 3
            words[w] = words[w] + error & 0xFFFFFFFF
            growth = i32(error + usual)
            if growths.get(partner) == growth and partner in growths:
                known.trust[w] = min(15, known.trust[w] + 1)
            else:
                if partner in growths and known.trust[w] > 0:
                    known.trust[w] -= 1
                other = next((x for x in reversed(list(growths)) if growths[x] == growth), None)
                if other is not None:
                    known.trust[w] -= 1
                    if known.trust[w] < 0:
                        known.partner[w], known.trust[w] = other, 1
            growths[w] = growth
        return list(growths.items())

    def rate(self, words, info, part):
        """Returns a rate that follows from other words of tcp_info, None if it does not."""
        c = self.c
        mss, unacked, rtt, cwnd = (words[info + i] for i in (4, 6, 17, 20))
        if part == 26:
            most = max(cwnd, unacked)
            if not mss or not most or not rtt or most > ((1 << 63) - 1) // 200 // (mss * 80000) or not c.flag(RELATION):
                return None
            code = c.signed(PACING)
            return mss * 80000 * most * (120 if code < 8 else 200) // (8 * rtt + code % 8)
        if not c.flag(RELATION):
            return None
        return c.signed(PACKETS) * mss * 10 ** 6 // c.signed(INTERVAL)

    # datagrams

    def gaps(self, column):
        """Yields places: each as a distance to the one before, 0 ends them."""
        place = -1
        while True:
            step = self.c.signed(column)
            if not step:
                return
            place += step
            yield place

    def edges(self):
        sizes, counts, at = [4 * len(m.words) for m in self.messages], [], 0
        exceptions = self.gaps(EDGE_GAP)
        following = next(exceptions, None)
        alone = len(sizes) - 1 if self.alone else len(sizes)
        while at < len(sizes):
            longest = self.first if not counts and self.first else max(16384, self.limit)
            end, size = at + 1, sizes[at]
            while end < len(sizes) and end != alone and size + sizes[end] <= longest:
                size += sizes[end]
                end += 1
            if len(counts) == following:
                end += self.c.signed(EDGE)
                following = next(exceptions, None)
            counts.append(end - at)
            at = end
        return counts

    def received(self, kind, asked):
        c, now, at = self.c, [], 0
        counts = self.edges() if kind & 0x20 else self.counts
        wholes = self.gaps(WHOLE_GAP) if kind & 0x40 else iter(())
        whole = next(wholes, None)
        if counts or whole == 0:
            dump = i32(self.dump_last + self.dump_step + (c.signed(DUMP) if kind & 0x80 else 0))
            self.dump_step = i32(dump - self.dump_last)
            exceptions = self.gaps(HEADER_GAP) if kind & 0x100 else iter(())
            exception = next(exceptions, None)
        number, marks, flags, counts = 0, self.marks, self.flags, iter(counts)
        for place in count():
            plain = None
            if place != whole:
                plain = next(counts, None)
                if plain is None:
                    break
            add = (0, 0, 0, 0)
            if place == exception:
                add = [c.signed(HEADER) for _ in range(4)]
                exception = next(exceptions, None)
            d = Datagram(i32(dump + add[0]), i32(number + add[1]), i32(marks + add[2]), i32(flags + add[3]))
            number, marks, flags = d.number + 1, d.marks, d.flags
            if plain is None:
                length, longer, sender = c.signed(WHOLE), c.signed(WHOLE), c.signed(WHOLE)
                d.whole, d.bytes = (length + longer, sender, c.bytes(WHOLE_BYTES, length)), length
                whole = next(wholes, None)
            else:
                d.messages, d.bytes = plain, sum(4 * len(m.words) for m in self.messages[at:at + plain])
                at += plain
            now.append(d)
        self.datagrams = now
        self.times(kind & 0xC00, bool(kind & 0x200), asked)

    def times(self, form, has_offsets, asked):
        c, known = self.c, UNKNOWN not in asked
        if form == 0xC00:
            realtime = monotonic = 0
            for d in self.datagrams:
                realtime, monotonic = wrapped(realtime + c.signed(TIME_RAW)), wrapped(monotonic + c.signed(TIME_RAW))
                d.realtime, d.monotonic = realtime, monotonic
        if form >= 0x800:
            return
        unit = 1 if form else 1000
        offset, monotonic = asked[0] - asked[1] if known else self.offset, None
        for d in self.datagrams:
            before = monotonic
            if before is None:
                first = (asked[1] + self.delay if known else self.last + self.step) // unit
                monotonic = (first + c.signed(TIME_FIRST)) * unit
                self.step, self.last = monotonic - self.last, monotonic
                self.delay = monotonic - asked[1] if known else self.delay
            else:
                mean = towards_zero(self.mean, unit)
                monotonic = (towards_zero(before, unit) + mean + c.signed(TIME)) * unit
                self.mean += monotonic - before - self.mean >> 3
            if has_offsets:
                offset = (offset // unit + c.signed(OFFSET)) * unit
            d.realtime, d.monotonic = monotonic + offset, monotonic

    def all(self):
        """Returns the dump's datagrams."""
        given, at = [], 0
        for d in self.datagrams:
            if d.whole:
                true, sender, data = d.whole
            else:
                data = b""
                for m in self.messages[at:at + d.messages]:
                    words = m.words[:2] + [self.seq, self.pid] + m.words[4:]
                    data += struct.pack("%s%dI" % (self.order, len(words)), *words)
                at, true, sender = at + d.messages, len(data), 0
            given.append((d.dump, d.number, d.marks, d.flags, true, sender, d.realtime, d.monotonic, data))
        return given

def wrapped(value):
    return (value + (1 << 63) & (1 << 64) - 1) - (1 << 63)
