"""Lists the intact records of a capture, each once, and all damage: reader.py FILE [--crc]. Needs the zstd command."""
import struct, subprocess, sys, zlib

from predicted_snapshots import Snapshots

NAMES = ["", "CaptureHeader", "HostEvidence", "NetworkNamespace", "SnapshotBegin", "DumpBegin", "Datagram",
         "DumpEnd", "ProcText", "Owners", "RecorderNote", "SnapshotEnd", "CaptureClose", "Processes", "Threads",
         "ClosedSockets", "HostNamespaces", "OwnSockets", "Delta"]
TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)

def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF

def header(data, at):
    h = data[at:at + 64]
    if len(h) < 64 or h[:16] != b"\x5a\x2a\x4d\x18\x38\0\0\0SOCKREEL" or crc32c(h[:60]) != struct.unpack("<I", h[60:])[0]:
        return None
    _, flags, number, _, compressed, length, crc, content_crc, _, file_id = struct.unpack("<HHIiIIIIqQ", h[16:60])
    return (number, compressed, length, crc, content_crc, file_id, flags) if compressed <= 4210752 and length <= 4194304 else None

def show(group, kind, body):
    line = "%d %d %s %d" % (group, kind, NAMES[kind] if kind < len(NAMES) else "unknown", len(body))
    print(line + " %08x" % zlib.crc32(body) if "--crc" in sys.argv else line)

def records(group, content, is_key, snapshots):
    at = 0
    while at + 12 <= len(content):
        length, kind, _, crc = struct.unpack_from("<IHHI", content, at)
        body = content[at + 12:at + 12 + length]
        if len(body) < length or crc32c(content[at:at + 8] + body) != crc:
            snapshots.damage()
            break
        found = snapshots.take(kind, body, is_key)
        if found is None:
            print("damage: snapshot", struct.unpack_from("<i", body)[0], "cannot be read")
        for kind, body in found or []:
            show(group, kind, body)
        at += 12 + length

data, at, expected, current, read = open(sys.argv[1], "rb").read(), 0, 0, None, {}
while at < len(data):
    if data[at:at + 4] == b"\x5b\x2a\x4d\x18":
        at += 8 + struct.unpack_from("<I", data, at + 4)[0]
        print("index" if at <= len(data) else "cut in the index")
        current = None
        continue
    found = header(data, at)
    if not found:
        print("damage: no group at", at)
        at = next((n for n in range(at + 1, len(data)) if header(data, n)), len(data))
        continue
    number, compressed, length, crc, content_crc, file_id, flags = found
    frame = data[at + 64:at + 64 + compressed]
    if len(frame) < compressed:
        print("cut in group", number)
        break
    if file_id != current or number == 0:
        if current is not None:
            print("damage: not closed before", at)
        current, expected, snapshots = file_id, 0, Snapshots(crc32c)
    if number != expected:
        print("damage: group", expected, "is missing")
        snapshots.damage()
    content = subprocess.run(["zstd", "-dcq"], input=frame, capture_output=True).stdout
    if number >= read.get(file_id, 0):
        records(number, content[:length], flags & 4, snapshots)
        read[file_id] = number + 1
    if crc32c(frame) != crc or len(content) != length or crc32c(content) != content_crc:
        print("damage: group", number)
    at, expected = at + 64 + compressed, number + 1
