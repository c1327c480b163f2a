// Links to a socket (#socket=COOKIE) and to a cause (#c1), also to what is folded up, filtered out or further down.
class Links {
    constructor(panel, table, showProcess) {
        Object.assign(this, {panel, table, showProcess});
        this.missing = document.getElementById("missing");
        addEventListener("hashchange", e => this.follow(e.newURL));
        document.addEventListener("click", e => {
            const link = e.target.closest("a[href^='#']");
            if (link !== null && link.href === document.URL) {
                this.follow(link.href); // the fragment stays, so there is no hashchange
            }
        });
        this.follow(document.URL);
    }

    follow(url) {
        const fragment = new URL(url).hash.slice(1);
        const target = fragment === "" ? null : document.getElementById(fragment);
        document.querySelectorAll(".aimed").forEach(e => e.classList.remove("aimed"));
        this.missing.hidden = true;
        if (target !== null && document.getElementById("wrong").contains(target)) {
            this.panel.leave();
            this.reveal(target);
        } else if (fragment.startsWith("socket=")) {
            this.panel.leave();
            this.reveals(fragment.slice("socket=".length));
        }
    }

    /** Scrolls to an element of the causes and findings. */
    reveal(target) {
        if (target.closest(".cause[hidden]") !== null) {
            this.showProcess(null);
        }
        for (let fold = target.closest("details"); fold !== null; fold = fold.parentElement.closest("details")) {
            fold.open = true;
        }
        const entry = target.closest(".card, .lines tr") ?? target;
        entry.classList.add("aimed");
        entry.scrollIntoView();
    }

    /** Scrolls to a socket in the table and opens it. */
    reveals(cookie) {
        const place = data.sockets.findIndex(s => fragmentOf(s) === "socket=" + cookie);
        if (place < 0) {
            this.missing.hidden = false;
            this.missing.replaceChildren(
                "This page does not have the socket with cookie ", foreign(cookie), ". ",
                element("code", {}, `sockreel history ${/^[0-9]+$/.test(cookie) ? cookie : "COOKIE"}`), " shows it, if the capture lists it.");
            this.missing.scrollIntoView();
            return;
        }
        const row = this.table.reveal(place);
        row.classList.add("aimed");
        this.panel.open(place, row.querySelector("button.name"));
    }
}
