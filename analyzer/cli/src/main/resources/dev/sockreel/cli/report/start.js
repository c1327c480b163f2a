const panel = new Panel(document.getElementById("panel"));
const openPanel = (place, from) => panel.open(place, from);
startProcessFilter();
startCards(openPanel);
new SocketTable(document.getElementById("table"), openPanel);
followColoursAndWidth();
document.documentElement.dataset.ready = "";
