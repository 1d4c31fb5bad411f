// The totals, what was dropped, and the details of a role.
import { clock, count, exact, kindOf, make, plural, rate, reason, write } from "./format.js";

const tiles = [
  { key: "ready", title: "Roles ready", value: sums => [exact(sums.ready), `of ${exact(sums.roles)}`], kind: sums => sums.ready < sums.roles ? "warn" : "" },
  { key: "received", title: "Received", value: sums => [rate(sums.receivedRate), "/s"] },
  { key: "sent", title: "Sent", value: sums => [rate(sums.sentRate), "/s"] },
  { key: "waiting", title: "Waiting", value: sums => [count(sums.waiting), ""] },
  { key: "peers", title: "Peers", value: sums => [count(sums.peers), ""] },
  { key: "dropped", title: "Dropped", value: sums => [count(sums.droppedTotal), sums.droppedRate > 0 ? `${rate(sums.droppedRate)}/s` : ""], kind: sums => sums.droppedTotal > 0 ? "bad" : "" },
  { key: "reconnects", title: "Reconnects", value: sums => [count(sums.reconnects), ""] },
];

export class Totals {
  #cells = new Map();

  constructor() {
    const list = document.getElementById("totals");
    for (const tile of tiles) {
      const [value, unit] = [document.createTextNode("–"), make("small")];
      const box = make("div", { class: tile.key }, make("dt", {}, tile.title), make("dd", {}, value, unit));
      this.#cells.set(tile.key, { box, value, unit });
      list.append(box);
    }
  }

  update(model) {
    const sums = model.totals;
    for (const tile of tiles) {
      const cell = this.#cells.get(tile.key);
      const [value, unit] = tile.value(sums);
      if (cell.value.data !== value) cell.value.data = value;
      write(cell.unit, unit);
      cell.box.className = `${tile.key} ${tile.kind?.(sums) ?? ""}`;
    }
  }
}

export class Drops {
  #box = document.getElementById("drops");
  #shown = null;

  update(model) {
    const dropped = Object.entries(model.totals.dropped).sort((a, b) => b[1] - a[1]);
    const key = JSON.stringify(dropped);
    if (key === this.#shown) return;
    this.#shown = key;
    if (dropped.length === 0) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 20 20");
      svg.setAttribute("width", "18");
      svg.setAttribute("height", "18");
      svg.setAttribute("aria-hidden", "true");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      for (const [name, value] of [["d", "m4 10.5 4 4 8-9"], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "2"], ["stroke-linecap", "round"], ["stroke-linejoin", "round"]]) path.setAttribute(name, value);
      svg.append(path);
      this.#box.replaceChildren(make("p", { class: "drops-empty" }, svg, "No message was dropped."));
      return;
    }
    this.#box.replaceChildren(bars(dropped, model));
  }
}

function bars(dropped, model) {
  const most = dropped[0][1];
  return make("ul", { class: "bars" }, ...dropped.map(([word, number]) => {
    const [title, meaning] = reason(word);
    const fill = make("i");
    fill.style.width = `${100 * number / most}%`;
    const roles = model ? [...model.roles.values()].filter(role => role.dropped[word]).sort((a, b) => b.dropped[word] - a.dropped[word]).map(role => role.name) : [];
    const where = roles.length === 0 ? "" : `${roles.slice(0, 3).join(", ")}${roles.length > 3 ? ` and ${roles.length - 3} more` : ""}`;
    return make("li", {},
      make("p", { class: "bar-head", title: meaning }, make("span", {}, title), make("b", { title: exact(number) }, count(number))),
      make("div", { class: "bar", "aria-hidden": "true" }, fill),
      where ? make("p", { class: "bar-note" }, where) : null);
  }));
}

export class Details {
  #panel = document.getElementById("details");
  #body = document.getElementById("details-body");
  #shown = null;

  /** @param close  Called when the user closes the details. */
  constructor(close) {
    document.getElementById("details-close").addEventListener("click", close);
    this.#panel.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
  }

  focus() {
    this.#panel.focus();
  }

  update(role) {
    this.#panel.hidden = !role;
    if (!role) { this.#shown = null; return; }
    write(document.getElementById("details-title"), role.name);
    const { history, ...now } = role;
    const key = JSON.stringify(now);
    if (key === this.#shown) return;
    this.#shown = key;
    const top = this.#body.scrollTop;
    const fact = (title, value) => [make("dt", {}, title), make("dd", {}, value)];
    this.#body.replaceChildren(...[
      role.failure ? make("p", { class: "failure" }, role.failure) : null,
      make("dl", { class: "facts-list" },
        ...fact("Pattern", role.pattern), ...fact("State", make("span", { class: `badge ${kindOf(role.state)}` }, role.state)),
        ...fact("Received", `${exact(role.received)} · ${rate(role.receivedRate)}/s`), ...fact("Sent", `${exact(role.sent)} · ${rate(role.sentRate)}/s`),
        ...fact("Waiting", exact(role.waiting)), ...fact("Reconnects", exact(role.reconnects))),
      make("h3", { class: "details-sub" }, "Endpoints"),
      make("ul", { class: "peers" }, ...role.endpoints.map(one => make("li", {}, make("span", {}, one.address), make("span", {}, `${one.socket !== role.name ? one.socket.slice(role.name.length + 1) + " · " : ""}${one.bound ? "bind" : "connect"}`)))),
      make("h3", { class: "details-sub" }, plural(role.peers.length, "peer")),
      peersOf(role),
      role.droppedTotal > 0 ? make("h3", { class: "details-sub" }, "Dropped") : null,
      role.droppedTotal > 0 ? bars(Object.entries(role.dropped).sort((a, b) => b[1] - a[1]), null) : null,
    ].filter(one => one !== null));
    this.#body.scrollTop = top;
  }
}

const mostPeers = 50;

function peersOf(role) {
  if (role.peers.length === 0) return make("p", { class: "bar-note" }, "No peer is connected.");
  const rows = role.peers.slice(0, mostPeers).map(peer => make("li", { title: `connected since ${clock(peer.connectedAt)}` },
    make("span", {}, [peer.userId, peer.routingId, (peer.address ?? peer.endpoint).replace(/^tcp:\/\//, "")].filter(Boolean).join(" · ")),
    make("span", {}, [peer.socketType, peer.mechanism && peer.mechanism !== "NULL" ? peer.mechanism : null].filter(Boolean).join(" · "))));
  if (role.peers.length > mostPeers) rows.push(make("li", {}, make("span", {}, `and ${exact(role.peers.length - mostPeers)} more`), make("span")));
  return make("ul", { class: "peers" }, ...rows);
}
