// The table of sockets. It grows by a page at a time, so that no browser has to lay out thousands of rows.
const PAGE = 100;

class SocketTable {
    constructor(host, openPanel) {
        this.openPanel = openPanel;
        this.choice = {words: "", kind: "", only: ""};
        this.column = null;
        this.direction = 1;
        this.limit = PAGE;
        this.status = element("p", {role: "status", class: "count"});
        this.more = element("button", {type: "button", onclick: () => this.grow()});
        this.body = element("tbody");
        this.body.addEventListener("keydown", e => this.move(e));
        this.body.addEventListener("click", e => this.click(e));
        this.heads = COLUMNS.map(c => this.head(c));
        this.form = this.filters();
        host.append(
            this.form, this.status,
            element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of sockets"},
                element("table", {class: "sockets"},
                    element("caption", {}, "Sockets as last seen. Arrow keys move, Enter opens a socket."),
                    element("thead", {}, element("tr", {}, ...this.heads)), this.body)),
            element("p", {}, this.more));
        this.show();
    }

    head(column) {
        return element(
            "th", {scope: "col", class: column.number ? "number" : null},
            element("button", {type: "button", onclick: () => this.sort(column)}, column.head));
    }

    filters() {
        const kinds = [...new Set(rows.map(r => r.socket.netid))].sort();
        const change = (name, reads) => e => {
            this.choice[name] = reads(e.target);
            this.limit = PAGE;
            this.show();
        };
        return element(
            "form", {class: "filters", role: "search", onsubmit: e => e.preventDefault()},
            element("label", {}, "Search ", element("input", {
                type: "search", id: "search", autocomplete: "off", spellcheck: "false",
                placeholder: "address, name, process, state, finding", oninput: change("words", t => t.value),
            })),
            element("label", {}, "Kind ", element("select", {id: "kind", onchange: change("kind", t => t.value)},
                element("option", {value: ""}, "all"), ...kinds.map(k => element("option", {value: k}, k)))),
            element("label", {}, "Only ", element("select", {id: "only", onchange: change("only", t => t.value)},
                element("option", {value: ""}, "all"), element("option", {value: "found"}, "with findings"),
                element("option", {value: "waiting"}, "with data waiting"),
                element("option", {value: "listeners"}, "listeners"))));
    }

    sort(column) {
        this.direction = this.column === column ? -this.direction : column.number ? -1 : 1;
        this.column = column;
        this.heads.forEach((head, i) => {
            head.removeAttribute("aria-sort");
            if (COLUMNS[i] === column) {
                head.setAttribute("aria-sort", this.direction > 0 ? "ascending" : "descending");
            }
        });
        this.show();
    }

    show() {
        const found = matching(this.choice);
        this.found = this.column === null ? found : sorted(found, this.column, this.direction);
        this.body.replaceChildren(...this.found.slice(0, this.limit).map(r => this.row(r)));
        this.showCount();
        this.reach(this.buttons()[0]);
    }

    grow() {
        const from = this.body.rows.length;
        this.limit = from + PAGE;
        this.body.append(...this.found.slice(from, this.limit).map(r => this.row(r)));
        this.showCount();
        this.reach(this.buttons()[from], true);
    }

    /** Scrolls to a socket and returns its row; shows all sockets if the filters hide it. */
    reveal(place) {
        if (!this.found.some(r => r.place === place)) {
            this.form.reset();
            this.choice = {words: "", kind: "", only: ""};
            this.show();
        }
        const at = this.found.findIndex(r => r.place === place);
        while (this.body.rows.length <= at) {
            this.grow();
        }
        const row = this.body.rows[at];
        this.reach(row.querySelector("button.name"));
        row.scrollIntoView({block: "center"});
        return row;
    }

    showCount() {
        const shown = this.body.rows.length;
        const of = this.found.length === rows.length ? "" : `, of ${grouped(rows.length)} on this page`;
        this.status.textContent = shown === this.found.length
            ? `${plural(shown, "socket")}${of}`
            : `The first ${grouped(shown)} of ${plural(this.found.length, "socket")}${of}`;
        this.more.hidden = shown === this.found.length;
        this.more.textContent = `Show ${Math.min(PAGE, this.found.length - shown)} more`;
    }

    row({place, socket}) {
        const severity = worst(socket);
        return element("tr", {"data-place": place, class: severity}, ...COLUMNS.map(c => this.cell(c, socket)));
    }

    cell(column, socket) {
        const text = column.text(socket);
        switch (column.id) {
            case "found":
                return element("td", {}, text === "" ? "" : element("span", {class: "badge"}, text));
            case "local":
                return element("th", {scope: "row"},
                    element("button", {type: "button", class: "name", tabindex: "-1"}, foreign(text)));
            case "recvQ":
            case "sendQ":
                return element("td", {class: "number", title: queueReason(socket, column.id)}, text);
            default:
                return element("td", {class: column.number ? "number" : null}, foreign(text));
        }
    }

    buttons() {
        return [...this.body.querySelectorAll("button.name")];
    }

    /** Makes one row reachable by Tab; the arrow keys choose which. */
    reach(button, focus = false) {
        this.body.querySelector("button[tabindex='0']")?.setAttribute("tabindex", "-1");
        button?.setAttribute("tabindex", "0");
        if (focus) {
            button?.focus();
        }
    }

    move(e) {
        const buttons = this.buttons();
        const at = buttons.indexOf(document.activeElement);
        const to = {
            ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: buttons.length - 1,
        }[e.key];
        if (to !== undefined && at >= 0) {
            e.preventDefault();
            this.reach(buttons[Math.max(0, Math.min(to, buttons.length - 1))], true);
        }
    }

    click(e) {
        const row = e.target.closest("tr");
        if (row !== null && getSelection().isCollapsed) {
            const button = row.querySelector("button.name");
            this.reach(button);
            this.openPanel(Number(row.dataset.place), button);
        }
    }
}
