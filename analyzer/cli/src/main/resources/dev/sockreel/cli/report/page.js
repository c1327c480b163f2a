// Shared by all parts of the page. Text from the capture only ever becomes text nodes and attribute values.
const data = JSON.parse(document.getElementById("data").textContent);
const startMs = data.start === null ? null : Date.parse(data.start);

/** Returns the fragment that leads to a socket, null for one without a cookie. */
function fragmentOf(socket) {
    return socket.cookie ? "socket=" + socket.cookie : null;
}

// Indexes into a history row of the page's data.
const FIRST = 0, LAST = 1, LISTED = 2, FROM = 3, TO = 4, RECV_LOW = 5, RECV_HIGH = 6, SEND_LOW = 7, SEND_HIGH = 8,
    RECEIVED = 9, READ = 10, INODE = 11, STATE = 12, WHY = 13;

/** Creates an element with attributes and children; a child that is text becomes a text node. */
function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith("on")) {
            made.addEventListener(key.slice(2), value);
        } else if (value === true) {
            made.setAttribute(key, "");
        } else if (value !== false && value !== null && value !== undefined) {
            made.setAttribute(key, value);
        }
    }
    made.append(...children.filter(c => c !== null));
    return made;
}

/** Wraps text from the capture, isolating its direction from the text around it. */
function foreign(text) {
    return element("bdi", {}, text);
}

function grouped(number) {
    return typeof number === "number" ? number.toLocaleString("en-US") : String(number);
}

function plural(count, word) {
    return `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** Formats milliseconds since the start as a time of day, UTC. */
function clock(ms) {
    return ms === null || startMs === null ? "time unknown" : new Date(startMs + ms).toISOString().slice(11, 23);
}

const UNITS = {
    "unread-bytes": "B", "sequence-bytes": "B", "pending-connections": "waiting", "backlog-limit": "allowed",
    "first-datagram-bytes": "B in the first", "memory-bytes": "B of memory",
};
const TITLES = {
    "unread-bytes": "Unread bytes", "sequence-bytes": "Bytes",
    "pending-connections": "Connections waiting for accept()", "backlog-limit": "Connection limit (backlog)",
    "first-datagram-bytes": "Bytes of the first datagram", "memory-bytes": "Bytes of memory",
};

function isListener(socket) {
    return socket.recvQMeaning === "pending-connections" || socket.state === "LISTEN";
}

/** Returns the name of a queue and what its number counts. */
function queueTitle(socket, side) {
    if (socket.title !== undefined) {
        return socket.title; // no queue, but numbers of evidence
    }
    const counted = TITLES[socket[side + "Meaning"]];
    const name = side === "recvQ" ? "Receive queue" : "Send queue";
    return counted === undefined ? name : isListener(socket) ? counted : `${name}: ${counted.toLowerCase()}`;
}

/** Returns a queue's number with its unit, or "?" if it is not known. */
function queueText(socket, side) {
    const value = socket[side];
    if (value !== null) {
        return grouped(value) + " " + (UNITS[socket[side + "Meaning"]] ?? "");
    }
    return socket[side + "Meaning"] === "none" ? "" : socket[side + "Meaning"] === "not-measured" ? "not measured" : "?";
}

/** Returns what a queue's number counts or, if it is missing, why; null if neither is known. */
function queueReason(socket, side) {
    if (socket[side] !== null) {
        return TITLES[socket[side + "Meaning"]] ?? null;
    }
    return socket.unknown[side] ?? null;
}

/** Returns the owners, those looked up long before the given time with the time of their look-up. */
function ownersText(owners, leftOut, time) {
    if (owners === null) {
        return "not recorded";
    }
    if (owners.length === 0) {
        return "nobody";
    }
    const some = owners.map(o =>
        `${o.comm} pid ${o.pid} fd ${o.fd}${o.state === null ? "" : " state " + o.state}${lookUpText(o.asOf, time)}`);
    return some.join(", ") + (leftOut ? ` and ${leftOut} more` : "");
}

const OLD_MS = 2000;

function lookUpText(asOf, time) {
    const isOld = asOf !== null && time !== null && Date.parse(time) - Date.parse(asOf) > OLD_MS;
    return isOld ? ` as of ${asOf.slice(11, 19)} UTC` : "";
}

function endsText(socket) {
    const name = socket.local ?? `(no name)${socket.inode ? " inode " + socket.inode : ""}`;
    return socket.peer === null || isListener(socket) ? name : `${name} <- ${socket.peer}`;
}

const SEVERITIES = ["info", "warning", "critical"];

/** Returns the worst severity of a socket's findings, null for none. */
function worst(socket) {
    const found = socket.findings.map(f => SEVERITIES.indexOf(f.severity));
    return found.length === 0 ? null : SEVERITIES[Math.max(...found)];
}

function range(low, high) {
    return high === null ? "?" : low === high ? grouped(high) : `${grouped(low)} to ${grouped(high)}`;
}
