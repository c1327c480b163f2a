// Charts of one socket's queues over time; reading.js reads their values. A point is one snapshot or several joined ones, whose minimum and maximum
// are drawn as a band.
const drawn = new Map();

function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** Returns columns for uPlot: x, maximum, minimum; null where no snapshot lists the socket. */
function points(history, low, high) {
    const timed = history.every(p => p[FROM] !== null && p[TO] !== null);
    const x = [], max = [], min = [];
    for (const p of history) {
        const from = timed ? (startMs + p[FROM]) / 1000 : p[FIRST];
        const to = timed ? (startMs + p[TO]) / 1000 : p[LAST];
        for (const at of to > from ? [from, to] : [from]) {
            x.push(at);
            max.push(p[high]);
            min.push(p[low]);
        }
    }
    return {timed, columns: [x, max, min], joined: history.some(p => p[low] !== p[high])};
}

function compact(value) {
    return value === null ? "" : Math.abs(value) < 10000 ? String(value)
        : new Intl.NumberFormat("en-US", {notation: "compact", maximumFractionDigits: 1}).format(value);
}

function tick(seconds, step) {
    const iso = new Date(seconds * 1000).toISOString();
    return step >= 86400 ? iso.slice(5, 10) : step < 1 ? iso.slice(17, 23) : step < 60 ? iso.slice(11, 19) : iso.slice(11, 16);
}

function axis(extra) {
    return Object.assign({
        stroke: colour("muted"), font: "11px system-ui, sans-serif",
        grid: {stroke: colour("line"), width: 1}, ticks: {stroke: colour("line"), width: 1},
    }, extra);
}

/** Returns a hook that shades the time of the first of the worst findings. */
function windows(findings, timed) {
    const highest = Math.max(...findings.map(f => SEVERITIES.indexOf(f.severity)));
    const shown = timed ? findings.filter(f => SEVERITIES.indexOf(f.severity) === highest).slice(0, 1) : [];
    return chart => {
        for (const f of shown) {
            if (f.since === null || f.until === null) {
                continue;
            }
            const left = chart.valToPos((startMs + f.since) / 1000, "x", true);
            const right = chart.valToPos((startMs + f.until) / 1000, "x", true);
            chart.ctx.fillStyle = colour(f.severity + "-shade");
            chart.ctx.fillRect(left, chart.bbox.top, Math.max(right - left, 2), chart.bbox.height);
        }
    };
}

function options(host, shape, findings, stroke, height) {
    const few = shape.columns[0].length <= 60;
    const from = shape.columns[0][0], to = shape.columns[0].at(-1);
    const line = {stroke, width: 2, points: {show: few, size: 5, fill: stroke, stroke}};
    return {
        width: Math.max(host.clientWidth, 120), height,
        legend: {show: false},
        cursor: {show: false},
        scales: {
            x: {time: shape.timed, range: () => from === to ? [from - 1, to + 1] : [from, to]},
            y: {range: (u, min, max) => [0, Math.max(1, (max ?? 0) * 1.1)]},
        },
        series: [{}, Object.assign({fill: shape.joined ? undefined : colour("fill")}, line), line],
        bands: shape.joined ? [{series: [1, 2], fill: colour("fill")}] : [],
        axes: [
            axis({size: 26, space: 56, values: (u, splits, i, space, step) => splits.map(s => shape.timed ? tick(s, step) : String(s))}),
            axis({size: 52, space: 26, incrs: [1, 2, 5, 10, 20, 50].concat(...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
                .map(e => [1, 2, 5].map(m => m * 10 ** e))), values: (u, splits) => splits.map(compact)}),
        ],
        hooks: {drawClear: [windows(findings, shape.timed)]},
    };
}

function describe(title, history, low, high) {
    const values = history.filter(p => p[high] !== null);
    const snapshots = history.reduce((sum, p) => sum + p[LISTED], 0);
    const min = Math.min(...values.map(p => p[low])), max = Math.max(...values.map(p => p[high]));
    const range = min === max ? grouped(max) : `between ${grouped(min)} and ${grouped(max)}`;
    return `${title}: ${range} in ${plural(snapshots, "snapshot")}`;
}

const SIDES = {
    recvQ: {columns: [RECV_LOW, RECV_HIGH], stroke: "receive"},
    sendQ: {columns: [SEND_LOW, SEND_HIGH], stroke: "send"},
};

/** Adds the chart of a queue to a figure. Returns false if no value is known. */
function chart(figure, socket, side, height) {
    const {columns: [low, high], stroke} = SIDES[side];
    if (socket.history.every(p => p[high] === null)) {
        return false;
    }
    const title = queueTitle(socket, side);
    const host = element("div", {
        class: "chart", tabindex: "0", role: "application", "aria-roledescription": "chart",
        "aria-label": describe(title, socket.history, low, high),
    });
    const reader = new ChartReader(host, socket, side, [low, high]);
    figure.append(host, element("p", {class: "caption"}, title), reader.text);
    const draw = () => {
        drawn.get(host)?.plot.destroy();
        const shape = points(socket.history, low, high);
        const plot = new uPlot(options(host, shape, socket.findings, colour(stroke), height), shape.columns, host);
        drawn.set(host, {draw, plot});
        reader.attach(plot, shape.timed);
    };
    draw();
    return true;
}

function forget(within) {
    for (const [host, {plot}] of drawn) {
        if (within.contains(host)) {
            plot.destroy();
            drawn.delete(host);
        }
    }
}

function redraw() {
    for (const {draw} of drawn.values()) {
        draw();
    }
}

function followColoursAndWidth() {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    matchMedia("print").addEventListener("change", redraw);
    let width = innerWidth;
    addEventListener("resize", () => {
        if (innerWidth !== width) {
            width = innerWidth;
            redraw();
        }
    });
}
