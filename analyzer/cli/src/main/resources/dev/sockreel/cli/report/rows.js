// The columns of the table of sockets, with sorting and search.
const COLUMNS = [
    {id: "found", head: "Finding", sort: s => -1 - SEVERITIES.indexOf(worst(s)), text: s => worst(s) ?? ""},
    {id: "netid", head: "Kind", sort: s => s.netid, text: s => s.netid},
    {id: "state", head: "State", sort: s => s.state, text: s => s.state},
    {id: "local", head: "Local", sort: s => s.local, text: s => s.local ?? `inode ${s.inode ?? "?"}`},
    {id: "peer", head: "Peer", sort: s => s.peer, text: s => s.peer ?? ""},
    {id: "recvQ", head: "Recv-Q", number: true, sort: s => s.recvQ, text: s => queueText(s, "recvQ")},
    {id: "sendQ", head: "Send-Q", number: true, sort: s => s.sendQ, text: s => queueText(s, "sendQ")},
    {id: "owner", head: "Owner", sort: s => ownersText(s.owners, s.ownersLeftOut, s.time), text: s => ownersText(s.owners, s.ownersLeftOut, s.time)},
    {id: "listed", head: "Listed in", number: true, sort: listedIn, text: s => `${grouped(listedIn(s))} of ${grouped(data.snapshots)}`},
];

function listedIn(socket) {
    return socket.history.reduce((sum, p) => sum + p[LISTED], 0);
}

const rows = data.sockets.map((socket, place) => ({
    place, socket,
    search: COLUMNS.map(c => c.text(socket)).concat(
        socket.findings.map(f => f.id), socket.cookie ?? "", socket.inode ?? "").join("\n").toLowerCase(),
}));

const order = new Intl.Collator("en", {numeric: true});

/** Compares numbers by value and words in natural order; unknown values come last in both directions. */
function compare(a, b, direction) {
    if (a === null || b === null) {
        return (a === null) - (b === null);
    }
    return direction * (typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b)));
}

function sorted(some, column, direction) {
    return some.map(row => ({row, key: column.sort(row.socket)}))
        .sort((a, b) => compare(a.key, b.key, direction))
        .map(k => k.row);
}

/** Returns the rows that contain every word of the search and pass the filters by kind and content. */
function matching({words, kind, only}) {
    const wanted = words.toLowerCase().split(/\s+/).filter(w => w !== "");
    return rows.filter(({socket, search}) => wanted.every(w => search.includes(w))
        && (kind === "" || socket.netid === kind)
        && (only !== "found" || socket.findings.length > 0)
        && (only !== "waiting" || socket.waiting === true)
        && (only !== "listeners" || isListener(socket)));
}
