// The charts of the finding cards, drawn when they come into view, and the filter by process.
function cardChart(card) {
    const socket = data.sockets[Number(card.dataset.place)];
    const host = element("div", {class: "chart"});
    const caption = element("p", {class: "caption"});
    const side = socket.history.some(p => p[RECV_HIGH] > 0) ? "recvQ" : "sendQ";
    const columns = side === "recvQ" ? [RECV_LOW, RECV_HIGH] : [SEND_LOW, SEND_HIGH];
    const title = queueTitle(socket, side);
    const figure = element("div", {class: "figure"}, host, caption);
    card.append(figure);
    if (chart(host, title, socket.history, columns, socket.findings, side === "recvQ" ? "receive" : "send", 130)) {
        caption.textContent = title;
    } else {
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
    const cards = [...document.querySelectorAll(".card[data-place]")];
    const waiting = new Set(cards);
    const drawCard = card => {
        if (waiting.delete(card)) {
            cardChart(card);
        }
    };
    const seen = new IntersectionObserver(
        entries => entries.filter(e => e.isIntersecting).forEach(e => drawCard(e.target)), {rootMargin: "400px"});
    for (const card of cards) {
        card.classList.add("charted");
        cardButton(card, openPanel);
        seen.observe(card);
    }
    addEventListener("beforeprint", () => cards.forEach(drawCard));
    for (const button of document.querySelectorAll("tr[data-place]")) {
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

/** Lets the list of processes filter the findings. */
function startProcessFilter() {
    const status = document.getElementById("filtered");
    const links = [...document.querySelectorAll(".whose a")];
    const show = process => {
        let count = 0;
        for (const card of document.querySelectorAll(".card")) {
            card.hidden = process !== null && card.dataset.process !== process;
            count += card.hidden ? 0 : 1;
        }
        links.forEach(l => l.setAttribute("aria-pressed", String(l.dataset.process === process)));
        status.hidden = process === null;
        status.replaceChildren();
        if (process !== null) {
            status.append(
                `${plural(count, "finding")} of `, foreign(process), ". ",
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
}
