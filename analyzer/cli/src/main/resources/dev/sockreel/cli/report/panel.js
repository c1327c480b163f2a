// The panel of one socket, a modal dialog: the browser keeps the focus inside, and Esc closes it.
class Panel {
    constructor(dialog) {
        this.dialog = dialog;
        this.from = null;
        dialog.addEventListener("close", () => {
            forget(dialog);
            dialog.replaceChildren();
            this.from?.focus();
        });
        dialog.addEventListener("click", e => {
            if (e.target === dialog) {
                dialog.close(); // a click outside the content
            }
        });
    }

    open(place, from) {
        const socket = data.sockets[place];
        this.from = from;
        forget(this.dialog);
        const charts = element("div", {class: "charts"});
        this.dialog.replaceChildren(element(
            "div", {class: "inside"},
            element("header", {},
                element("div", {},
                    element("h2", {id: "panel-title", tabindex: "-1"}, `${socket.netid} ${socket.state} `, foreign(endsText(socket))),
                    linkTo(socket)),
                element("button", {type: "button", class: "close", onclick: () => this.dialog.close()}, "Close")),
            ...socket.findings.map(findingOf), charts, talkOf(socket, p => this.open(p, this.from)), factsOf(socket), historyOf(socket), attributesOf(socket)));
        if (!this.dialog.open) {
            this.dialog.showModal();
        }
        this.dialog.scrollTop = 0;
        document.getElementById("panel-title").focus();
        drawQueues(charts, socket);
    }

    /** Closes the panel without a return to where it was opened from. */
    leave() {
        this.from = null;
        this.dialog.close();
    }
}

function linkTo(socket) {
    const fragment = fragmentOf(socket);
    return fragment === null ? null : element("a", {class: "link", href: "#" + fragment}, "link to this socket");
}

function findingOf(f) {
    return element(
        "section", {class: "group " + f.severity},
        element("h3", {}, element("span", {class: "badge"}, f.severity), " ", element("code", {}, f.id), " ",
            document.getElementById(f.cause) === null ? f.cause : element("a", {href: "#" + f.cause}, f.cause), " ",
            element("span", {class: "sure " + f.certainty}, element("span", {class: "dots", "aria-hidden": "true"}),
                element("b", {}, f.certainty))),
        element("p", {class: "why"}, foreign(f.why)), element("p", {class: "next"}, element("b", {}, "Next: "), foreign(f.next)));
}

function drawQueues(host, socket) {
    for (const side of ["recvQ", "sendQ"]) {
        const figure = element("div", {class: "figure"});
        host.append(figure);
        const isEmpty = socket.history.every(p => p[SIDES[side].columns[1]] === null || p[SIDES[side].columns[1]] === 0);
        if (isEmpty || !chart(figure, socket, side, 150)) {
            figure.replaceChildren(element("p", {}, `${queueTitle(socket, side)}: ${queueText(socket, side) || "none"}`));
        }
    }
}

/** Lists the sockets that a socket talks with; those in the page can be opened. */
function talkOf(socket, open) {
    const talk = socket.talk;
    if (talk === undefined) {
        return null;
    }
    const end = e => element(
        "li", {},
        e.place === undefined ? foreign(e.socket ?? "") : element("button", {type: "button", class: "name", onclick: () => open(e.place)}, foreign(e.socket)),
        " ", foreign([e.owners, e.why].filter(t => t).join("; ")));
    const list = (title, ends) => ends.length === 0 ? null
        : element("div", {}, element("h4", {}, title), element("ul", {}, ...ends.map(end)));
    const parts = [
        list("Other end", talk.otherEnd === null ? [] : [talk.otherEnd]), list("Listener", talk.listeners),
        list("Clients waiting for accept()", talk.waiting), list("Accepted clients", talk.accepted),
        list("Senders", talk.senders),
        talk.leftOut > 0 ? element("p", {}, `and ${grouped(talk.leftOut)} more: `, element("code", {}, "sockreel peers")) : null,
    ].filter(p => p !== null);
    return parts.length === 0 ? null : element("section", {class: "talk"}, element("h3", {}, "Related sockets"), ...parts);
}

function fact(name, value) {
    return value === null || value === undefined || value === "" ? null
        : element("div", {}, element("dt", {}, name), element("dd", {}, foreign(String(value))));
}

function yesNo(value) {
    return value === null ? "unknown" : value ? "yes" : "no";
}

function factsOf(socket) {
    const unknown = Object.entries(socket.unknown).map(([field, why]) => `${field}: ${why}`).join(", ");
    return element(
        "section", {}, element("h3", {}, `Last seen: snapshot ${socket.snapshot}, ${socket.time ?? "time unknown"}`),
        element("dl", {class: "facts"},
            fact("Owners", ownersText(socket.owners, socket.ownersLeftOut, socket.time)),
            fact("Receive queue", queueText(socket, "recvQ")),
            fact("Send queue", queueText(socket, "sendQ")),
            fact("Unread", isListener(socket) ? "" : socket.unread === null ? "unknown" : plural(socket.unread, "byte")),
            fact("Data waiting", isListener(socket) ? "" : yesNo(socket.waiting)),
            fact("EOF unread", socket.eofUnread === false ? "" : yesNo(socket.eofUnread)),
            fact("Peer's inode", socket.peerInode),
            fact("Peer's owners", socket.peerOwners === null ? "" : ownersText(socket.peerOwners, 0, socket.time)),
            fact("Socket's file", socket.fileInode === null ? "" : `inode ${socket.fileInode}, device ${socket.fileDevice}`),
            fact("Inode", socket.inode === 0 ? "none" : socket.inode),
            fact("Cookie", socket.cookie),
            fact("Uid", socket.uid),
            fact("Interface", socket.interface ?? (socket.ifindex === 0 ? "" : `ifindex ${socket.ifindex}`)),
            fact("Network namespace", socket.netns),
            fact("Source", socket.source === "proc" ? "/proc/net (less detail)" : socket.source),
            fact("Unknown", unknown)));
}

function historyOf(socket) {
    const counted = socket.history.some(p => p[READ] !== null);
    const head = ["Snapshots", "Time", "State", "Recv-Q", "Send-Q"].concat(counted ? ["Received", "Read"] : []);
    return element(
        "section", {}, element("h3", {}, "History"),
        element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "History"},
            element("table", {class: "history"},
                element("thead", {}, element("tr", {}, ...head.map((h, i) => element("th", {scope: "col", class: i > 2 ? "number" : null}, h)))),
                element("tbody", {}, ...socket.history.map(p => historyRow(p, counted, head.length))))),
        counted ? element("p", {class: "hint"}, "Received and Read count bytes since the connection began; the difference is unread.") : null);
}

function historyRow(p, counted, width) {
    const where = [element("td", {}, snapshotsOf(p)), element("td", {}, timesOf(p))];
    if (p[LISTED] === 0) {
        return element("tr", {class: "absent"}, ...where,
            element("td", {colspan: width - 2}, foreign(p[WHY] === undefined ? p[STATE] : `${p[STATE]}: ${p[WHY]}`)));
    }
    const number = text => element("td", {class: "number"}, text);
    return element(
        "tr", {}, ...where, element("td", {}, p[STATE]),
        number(range(p[RECV_LOW], p[RECV_HIGH])), number(range(p[SEND_LOW], p[SEND_HIGH])),
        ...(counted ? [number(p[RECEIVED] === null ? "?" : grouped(p[RECEIVED])), number(p[READ] === null ? "?" : grouped(p[READ]))] : []));
}

function snapshotsOf(p) {
    const span = p[FIRST] === p[LAST] ? String(p[FIRST]) : `${p[FIRST]}\u2013${p[LAST]}`;
    return p[LISTED] > 0 && p[LISTED] < p[LAST] - p[FIRST] + 1 ? `${span} (listed in ${p[LISTED]})` : span;
}

function timesOf(p) {
    return p[FIRST] === p[LAST] ? clock(p[FROM]) : `${clock(p[FROM])} \u2013 ${clock(p[TO])}`;
}

function attributesOf(socket) {
    if (Object.keys(socket.attributes).length === 0) {
        return element("p", {class: "hint"}, "All attributes: ", element("code", {}, "sockreel show --format json"));
    }
    return element(
        "details", {}, element("summary", {}, "All attributes"),
        element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Attributes"}, valueOf(socket.attributes)));
}

function valueOf(value) {
    if (Array.isArray(value)) {
        return value.every(v => typeof v !== "object") ? foreign(value.join(", ")) : element("ul", {}, ...value.map(v => element("li", {}, valueOf(v))));
    }
    if (value !== null && typeof value === "object") {
        return element("dl", {class: "attributes"}, ...Object.entries(value).map(([name, v]) =>
            element("div", {}, element("dt", {}, foreign(name)), element("dd", {}, valueOf(v)))));
    }
    return foreign(String(value));
}
