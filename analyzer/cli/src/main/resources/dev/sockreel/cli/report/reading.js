// Reads the values of a chart: under the pointer, and under a cursor that the arrow keys move over the snapshots.
const MAX_STOPS = 5000; // as many as PageData writes times

class ChartReader {
    constructor(host, socket, side, [low, high]) {
        Object.assign(this, {socket, side, low, high, at: null, stops: null});
        this.line = element("div", {class: "cursor", hidden: true});
        this.dot = element("div", {class: "cursor-dot", hidden: true});
        this.text = element("p", {class: "reading"}, this.lastSeen());
        host.addEventListener("keydown", e => this.move(e));
        host.addEventListener("blur", () => this.hide());
    }

    /** Follows a chart that was drawn, or drawn again. */
    attach(plot, timed) {
        this.plot = plot;
        this.timed = timed;
        this.stops = null;
        this.hide();
        plot.over.append(this.line, this.dot);
        plot.over.addEventListener("pointermove", e => this.point(e));
        plot.over.addEventListener("pointerdown", e => this.point(e));
        plot.over.addEventListener("pointerleave", () => this.hide());
    }

    /** Returns where the chart can be read: at every snapshot, or at the ends of its points where these are too many. */
    stopsOf() {
        const every = this.socket.title !== undefined ? false : this.timed ? data.times !== null : data.snapshots <= MAX_STOPS;
        const stop = (point, snapshot, ms) => ({point, snapshot, ms, x: this.timed ? (startMs + ms) / 1000 : snapshot});
        const inside = p => Array.from({length: p[LAST] - p[FIRST] + 1}, (_, i) =>
            stop(p, p[FIRST] + i, data.times === null ? null : data.times[p[FIRST] + i]));
        const ends = p => [stop(p, p[FIRST], p[FROM]), stop(p, p[LAST], p[TO])].slice(p[FIRST] === p[LAST] ? 1 : 0);
        return this.socket.history.flatMap(every ? inside : ends);
    }

    point(e) {
        this.stops ??= this.stopsOf();
        const x = this.plot.posToVal(e.clientX - this.plot.over.getBoundingClientRect().left, "x");
        let from = 0, to = this.stops.length - 1;
        while (to - from > 1) {
            const middle = (from + to) >> 1;
            [from, to] = this.stops[middle].x <= x ? [middle, to] : [from, middle];
        }
        this.show(x - this.stops[from].x <= this.stops[to].x - x ? from : to, false);
    }

    move(e) {
        this.stops ??= this.stopsOf();
        const last = this.stops.length - 1, at = this.at ?? (e.key === "ArrowLeft" ? last + 1 : -1);
        const to = {
            ArrowRight: at + 1, ArrowLeft: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: last,
        }[e.key];
        if (to !== undefined && !e.altKey && !e.ctrlKey && !e.metaKey) {
            e.preventDefault();
            this.show(Math.max(0, Math.min(to, last)), true);
        }
    }

    /** Shows one stop; only what a key chose is read out, a pointer moves too fast for it. */
    show(at, isByKey) {
        this.at = at;
        const {point, x} = this.stops[at], {plot} = this;
        const left = Math.max(0, Math.min(plot.valToPos(x, "x"), plot.over.clientWidth));
        this.line.hidden = false;
        this.line.style.left = `${left}px`;
        this.dot.hidden = point[this.high] === null;
        this.dot.style.left = `${left}px`;
        this.dot.style.top = `${plot.valToPos(point[this.high] ?? 0, "y")}px`;
        this.text.setAttribute("aria-live", isByKey ? "polite" : "off");
        this.text.textContent = this.words(this.stops[at]);
    }

    hide() {
        this.at = null;
        this.line.hidden = true;
        this.dot.hidden = true;
    }

    words({point, snapshot, ms}) {
        return `snapshot ${snapshot}, ${timeText(ms)}: ${this.value(point)}`;
    }

    value(p) {
        if (p[LISTED] === 0) {
            return p[WHY] === undefined ? p[STATE] : `${p[STATE]}: ${p[WHY]}`;
        }
        const joined = p[this.low] === p[this.high] ? "" : ` in snapshots ${p[FIRST]} to ${p[LAST]}`;
        const unit = this.socket.unit ?? UNITS[this.socket[this.side + "Meaning"]] ?? "";
        const state = p[STATE] === "" ? "" : `, ${p[STATE]}`;
        return `${range(p[this.low], p[this.high])} ${unit}`.trimEnd() + joined + state;
    }

    lastSeen() {
        const p = this.socket.history.findLast(h => h[this.high] !== null);
        return `last seen in snapshot ${p[LAST]}, ${timeText(p[TO])}: ${this.value(p)}`;
    }
}

function timeText(ms) {
    return ms === null || startMs === null ? "time unknown" : clock(ms) + " UTC";
}
