// The cluster of grains: its nodes, and where the shards of each kind are.
import { count, exact, kindOf, make, plural, write } from "./format.js";

export class Grains {
  #panel = document.getElementById("grains");
  #body = document.getElementById("grains-body");
  #shown = null;

  update(model) {
    const grains = model.grains;
    this.#panel.hidden = !grains;
    if (!grains) { this.#shown = null; return; }
    const key = JSON.stringify(grains);
    if (key === this.#shown) return;
    this.#shown = key;
    write(document.getElementById("grains-scope"), `${plural(grains.nodes.length, "node")}, ${plural(grains.kinds.length, "kind")}`);
    const head = (...titles) => make("thead", {}, make("tr", {}, ...titles.map((title, index) => make("th", { scope: "col", class: index === 0 ? "left" : "" }, title))));
    // A node that has shards may have left the list of members already.
    const addresses = [...new Set([...grains.nodes.map(node => node.address), ...grains.kinds.flatMap(kind => Object.keys(kind.shards))])];
    const nodes = make("table", {}, head("Node", "State", "Shards"), make("tbody", {}, ...addresses.map(address => {
      const node = grains.nodes.find(one => one.address === address);
      const state = !node ? "gone" : node.unreachable ? "unreachable" : node.status;
      const shards = grains.kinds.reduce((sum, kind) => sum + (kind.shards[address] ?? 0), 0);
      return make("tr", {}, make("th", { scope: "row" }, short(address), address === grains.address ? " (this host)" : ""),
        make("td", {}, make("span", { class: `badge ${state === "unreachable" || state === "gone" ? "bad" : kindOf(state)}` }, state)), make("td", {}, exact(shards)));
    })));
    const kinds = make("table", {}, head("Kind", "Activations here", ...addresses.map(short)), make("tbody", {}, ...grains.kinds.map(kind =>
      make("tr", {}, make("th", { scope: "row" }, kind.kind), make("td", {}, count(kind.activations)),
        ...addresses.map(address => make("td", { class: kind.shards[address] ? "" : "zero" }, exact(kind.shards[address] ?? 0)))))));
    this.#body.replaceChildren(make("div", { class: "grains-grid" },
      make("div", { class: "wide" }, make("h3", {}, "Nodes of the cluster"), nodes),
      make("div", { class: "wide" }, make("h3", {}, "Shards of each kind, by node"), kinds)));
  }
}

const short = address => address.replace(/^[^@]*@/, "").replace(/^\w[\w.+-]*:\/\//, "");
