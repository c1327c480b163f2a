// The cards: their charts, drawn when they come into view, and the filter by process.
const ABOUT_SENDING = new Set(["send-stalled", "unix-peer-stuck", "connect-hangs"]);

/** Returns the numbers of a card's evidence in the form of a socket with one queue. */
function evidenceSocket(card) {
    const {title, unit, points} = JSON.parse(card.dataset.chart);
    const history = points.map(([snapshot, at, value]) => {
        const ms = at === null || startMs === null ? null : at - startMs;
        return [snapshot, snapshot, 1, ms, ms, value, value, null, null, null, null, null, ""];
    });
    const severity = SEVERITIES.find(s => card.classList.contains(s));
    return {title, unit, history, findings: [{severity, since: history[0][FROM], until: history.at(-1)[TO]}]};
}

function cardChart(card) {
    const isEvidence = card.dataset.chart !== undefined;
    const socket = isEvidence ? evidenceSocket(card) : data.sockets[Number(card.dataset.place)];
    const figure = element("div", {class: "figure"});
    const order = ABOUT_SENDING.has(card.dataset.finding) && !isEvidence ? ["sendQ", "recvQ"] : ["recvQ", "sendQ"];
    const side = order.find(s => socket.history.some(p => p[SIDES[s].columns[1]] > 0)) ?? order[0];
    card.append(figure);
    if (!chart(figure, socket, side, 130)) {
        figure.remove();
    }
}

function cardButton(card, openPanel) {
    const place = Number(card.dataset.place);
    card.querySelector(".finding-text").append(element("button", {
        type: "button", class: "more", onclick: e => openPanel(place, e.currentTarget),
    }, "History and other end"));
}

function startCards(openPanel) {
    const cards = [...document.querySelectorAll(".card[data-place], .card[data-chart]")];
    const waiting = new Set(cards);
    const drawCard = card => {
        if (card.checkVisibility() && waiting.delete(card)) {
            cardChart(card);
        }
    };
    const seen = new IntersectionObserver(
        entries => entries.filter(e => e.isIntersecting).forEach(e => drawCard(e.target)), {rootMargin: "400px"});
    for (const card of cards) {
        card.classList.add("charted");
        if (card.dataset.place !== undefined) {
            cardButton(card, openPanel);
        }
        seen.observe(card);
    }
    addEventListener("beforeprint", () => cards.forEach(drawCard));
    for (const button of document.querySelectorAll(".lines tr[data-place]")) {
        startLine(button, openPanel);
    }
}

/** Makes the socket in a finding's table row open the panel. */
function startLine(row, openPanel) {
    const cell = row.querySelector("th");
    const name = element("button", {
        type: "button", class: "name", onclick: e => openPanel(Number(row.dataset.place), e.currentTarget),
    });
    name.append(...cell.childNodes);
    cell.append(name);
}

/** Lets the list of processes filter the causes; returns a function that shows those of one process, or all for null. */
function startProcessFilter() {
    const status = document.getElementById("filtered");
    const links = [...document.querySelectorAll(".whose a")];
    const show = process => {
        let count = 0;
        for (const cause of document.querySelectorAll(".cause")) {
            cause.hidden = process !== null && cause.dataset.process !== process;
            count += cause.hidden ? 0 : 1;
        }
        links.forEach(l => l.setAttribute("aria-pressed", String(l.dataset.process === process)));
        status.hidden = process === null;
        status.replaceChildren();
        if (process !== null) {
            status.append(
                `${plural(count, "cause")} of `, foreign(process), ". ",
                element("button", {type: "button", onclick: () => show(null)}, "Show all"));
        }
    };
    for (const link of links) {
        link.setAttribute("role", "button");
        link.setAttribute("aria-pressed", "false");
        link.addEventListener("click", e => {
            e.preventDefault();
            show(link.getAttribute("aria-pressed") === "true" ? null : link.dataset.process);
        });
        link.addEventListener("keydown", e => {
            if (e.key === " ") {
                e.preventDefault();
                link.click();
            }
        });
    }
    return show;
}
