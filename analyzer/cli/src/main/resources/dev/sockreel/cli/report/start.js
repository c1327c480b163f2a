const panel = new Panel(document.getElementById("panel"));
const openPanel = (place, from) => panel.open(place, from);
const showProcess = startProcessFilter();
startCards(openPanel);
const table = new SocketTable(document.getElementById("table"), openPanel);
followColoursAndWidth();
new Links(panel, table, showProcess);
document.documentElement.dataset.ready = "";
