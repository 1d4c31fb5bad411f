// The graph of roles, sockets and peers. Nodes move only when some come or go; numbers are written only where they changed and are seen.
import cytoscape from "./vendor/cytoscape/cytoscape.esm.min.mjs";
import { color } from "./colors.js";
import { count, kindOf, make, plural, rate } from "./format.js";
import { layoutOf, sizes } from "./layout.js";
import { isTwoWay, structureOf } from "./structure.js";

/** The least time between two layouts. */
const settle = 1000;

export class Graph {
  #box;
  #cy;
  #select;
  #structure = { shape: null };
  #labels = new Map();
  #model;
  #laidOutAt = 0;
  #fitZoom = 1;
  #isMoved = false;
  #isVisible = true;
  #selected = null;
  #tip = make("div", { class: "tip", hidden: true });

  /** @param select  Called with the name of the role that the user chooses, or null. */
  constructor(box, select) {
    this.#box = box;
    this.#select = select;
    this.#cy = cytoscape({
      container: box, style: style(), minZoom: 0.05, maxZoom: 2.5, autoungrabify: true, autounselectify: true, boxSelectionEnabled: false,
      userZoomingEnabled: false, hideEdgesOnViewport: false, pixelRatio: Math.min(devicePixelRatio, 1.5),
    });
    this.#cy.on("tap", "node", event => select(event.target.data("role")));
    this.#cy.on("tap", event => { if (event.target === this.#cy) select(null); });
    this.#cy.on("mouseover", "node", event => { box.style.cursor = "pointer"; this.#hover(event.target); });
    this.#cy.on("mouseout", "node", () => { box.style.cursor = ""; this.#hover(null); });
    this.#cy.on("viewport", () => this.#hover(null));
    box.append(this.#tip);
    this.#cy.on("dragpan", () => { this.#isMoved = true; });
    box.addEventListener("wheel", event => this.#onWheel(event), { passive: false });
    box.addEventListener("keydown", event => this.#onKey(event));
    document.addEventListener("themechange", () => this.#cy.style(style()));
    new ResizeObserver(() => this.#onResize()).observe(box);
    new IntersectionObserver(entries => { this.#isVisible = entries.at(-1).isIntersecting; if (this.#isVisible && this.#model) this.update(this.#model); }).observe(box);
  }

  update(model) {
    this.#model = model;
    if (!this.#isVisible) return;
    const next = structureOf(model.roles);
    const isOther = next.shape !== this.#structure.shape;
    const isDue = isOther && performance.now() - this.#laidOutAt > settle;
    this.#cy.batch(() => {
      if (isDue) this.#rebuild(next);
      this.#write(next, model);
    });
    // Sizes are known once the batch is over.
    if (isDue) this.#settle();
    this.#box.setAttribute("aria-label", `Graph of ${plural(model.roles.size, "role")} with ${plural(model.totals.peers, "peer")}`);
  }

  mark(name) {
    this.#selected = name;
    this.#cy.batch(() => {
      this.#cy.nodes(".selected").removeClass("selected");
      if (name !== null) this.#cy.getElementById(`role:${name}`).addClass("selected");
    });
  }

  zoom(factor) {
    const middle = { x: this.#cy.width() / 2, y: this.#cy.height() / 2 };
    this.#isMoved = true;
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: middle });
    this.#allowPanning();
  }

  fit() {
    this.#isMoved = false;
    this.#cy.resize();
    if (this.#cy.elements().empty()) return;
    this.#cy.fit(undefined, 28);
    if (this.#cy.zoom() > 1.15) { this.#cy.zoom(1.15); this.#cy.center(); }
    this.#fitZoom = this.#cy.zoom();
    this.#allowPanning();
  }

  /** Beside the mouse, what a node is: names are too small to be read where there are many. */
  #hover(node) {
    const role = node && this.#model?.roles.get(node.data("role"));
    this.#tip.hidden = !role;
    if (!role) return;
    this.#tip.replaceChildren(make("b", {}, role.name), ` ${role.pattern} · ${role.state}`, make("br"), `${rate(role.receivedRate)}/s in · ${rate(role.sentRate)}/s out · ${plural(role.peers.length, "peer")}${role.waiting ? ` · ${count(role.waiting)} waiting` : ""}`);
    const at = node.renderedBoundingBox({ includeLabels: false });
    this.#tip.style.left = `${Math.max(8, Math.min((at.x1 + at.x2) / 2 - this.#tip.offsetWidth / 2, this.#cy.width() - this.#tip.offsetWidth - 8))}px`;
    this.#tip.style.top = `${at.y1 > this.#tip.offsetHeight + 12 ? at.y1 - this.#tip.offsetHeight - 6 : at.y2 + 6}px`;
  }

  /** Where a finger moves over a graph that is all seen, it scrolls the page. */
  #allowPanning() {
    this.#cy.userPanningEnabled(!matchMedia("(pointer: coarse)").matches || this.#cy.zoom() > this.#fitZoom * 1.05);
  }

  #rebuild(next) {
    this.#laidOutAt = performance.now();
    this.#structure = next;
    const positions = layoutOf(next, this.#cy.width() / Math.max(1, this.#cy.height()));
    const isThere = id => this.#cy.getElementById(id).nonempty();
    this.#cy.elements().filter(one => one.hasClass("caption") ? next.isCompact || !next.nodes.has(`role:${one.data("role")}`) : !next.nodes.has(one.id()) && !next.edges.has(one.id())).remove();
    for (const id of this.#labels.keys()) if (!next.nodes.has(id) && !next.edges.has(id)) this.#labels.delete(id);
    const added = [];
    for (const node of next.nodes.values()) {
      if (isThere(node.id)) this.#cy.getElementById(node.id).position(positions.get(node.id));
      else added.push({ group: "nodes", data: { id: node.id, role: node.role, label: "" }, classes: node.kind, position: { ...positions.get(node.id) } });
      if (node.kind !== "role" || next.isCompact) continue;
      // Of two sizes of text in a node, the second is a node of its own, which nothing but text is seen of.
      const caption = `caption:${node.role}`;
      const at = positions.get(node.id);
      const place = { x: at.x, y: at.y + 10 };
      if (isThere(caption)) this.#cy.getElementById(caption).position(place);
      else added.push({ group: "nodes", data: { id: caption, role: node.role, label: this.#model.roles.get(node.role).pattern }, classes: "caption", position: place });
    }
    for (const edge of next.edges.values())
      if (!isThere(edge.id)) added.push({ group: "edges", data: { id: edge.id, source: edge.source, target: edge.target, label: "", width: 1 }, classes: edge.isInner ? "inner" : "" });
    this.#cy.add(added);
  }

  #settle() {
    if (!this.#isMoved) this.fit();
    if (this.#selected !== null) this.mark(this.#selected);
  }

  #write({ nodes, edges, isCompact }, model) {
    const seen = this.#cy.extent();
    for (const node of nodes.values()) {
      const role = model.roles.get(node.role);
      const [label, classes] = node.kind === "role" ? [isCompact ? `${node.role}\n${role.pattern}` : node.role, `role ${kindOf(role.state)}${isCompact ? "" : " captioned"}`]
        : node.kind === "socket" ? [socketLabel(node.socket), `socket${node.socket.peers.length === 0 ? " alone" : ""}`]
        : [node.label, node.number > 1 ? "peers many" : "peers"];
      this.#put(node.id, label, classes, null, null);
    }
    for (const edge of edges.values()) {
      const role = model.roles.get(edge.role);
      const flow = edge.side === "left" ? role.receivedRate : role.sentRate;
      const isQueue = role.waiting > 0 && (edge.side === "right" || isTwoWay(role)) && edge.isLabelled;
      const text = edge.isLabelled ? edgeLabel(role, edge.side, isQueue) : "";
      const width = flow > 0 ? Math.min(6, 1.5 + Math.log10(1 + flow) * 0.8) : 1.5;
      const classes = `${edge.isInner ? "inner " : ""}${flow > 0 ? "flowing" : "idle"}${isQueue ? " queue" : ""}${isTwoWay(role) ? " two-way" : ""}${edge.side === "left" ? " in" : " out"}`;
      this.#put(edge.id, text, classes, Math.round(width * 2) / 2, seen);
    }
  }

  /** Writes what changed. What is out of sight is written when it comes into sight. */
  #put(id, label, classes, width, seen) {
    const known = this.#labels.get(id);
    if (known && known.label === label && known.classes === classes && known.width === width) return;
    const element = this.#cy.getElementById(id);
    if (element.empty()) return;
    if (seen && known) {
      const [from, to] = [element.source().position(), element.target().position()];
      if (Math.max(from.x, to.x) < seen.x1 || Math.min(from.x, to.x) > seen.x2 || Math.max(from.y, to.y) < seen.y1 || Math.min(from.y, to.y) > seen.y2) return;
    }
    // A label that is too small to be read is not worth drawing the graph for.
    const isUnread = known && seen && this.#cy.zoom() * 11 < 7;
    if (isUnread && known.classes === classes && known.width === width) return;
    if (known?.label !== label || known?.width !== width) element.data(width === null ? { label } : { label, width });
    if (known?.classes !== classes) element.classes(classes + (element.hasClass("selected") ? " selected" : ""));
    this.#labels.set(id, { label, classes, width });
  }

  #onResize() {
    if (this.#structure.shape === null) return;
    this.#cy.resize();
    if (this.#isMoved) return;
    this.#cy.batch(() => this.#rebuild(this.#structure));
    this.#settle();
  }

  /** With Ctrl or after a click into the graph the wheel zooms; otherwise it scrolls the page. */
  #onWheel(event) {
    if (!event.ctrlKey && document.activeElement !== this.#box) return;
    event.preventDefault();
    const corner = this.#box.getBoundingClientRect();
    this.#isMoved = true;
    this.#cy.zoom({ level: this.#cy.zoom() * Math.exp(-event.deltaY / 400), renderedPosition: { x: event.clientX - corner.x, y: event.clientY - corner.y } });
    this.#allowPanning();
  }

  #onKey(event) {
    const names = [...(this.#model?.roles.keys() ?? [])];
    if (names.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = names.indexOf(this.#selected);
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key in steps) this.#choose(names[at < 0 ? 0 : (at + steps[event.key] + names.length) % names.length]);
    else if (event.key === "Home") this.#choose(names[0]);
    else if (event.key === "End") this.#choose(names.at(-1));
    else if (event.key === "Escape") this.#select(null);
    else if (event.key === "Enter" && this.#selected !== null) this.#select(this.#selected, true);
    else if (event.key === "+") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  #choose(name) {
    this.#select(name);
    const node = this.#cy.getElementById(`role:${name}`);
    const [at, seen] = [node.position(), this.#cy.extent()];
    if (at && (at.x < seen.x1 || at.x > seen.x2 || at.y < seen.y1 || at.y > seen.y2)) this.#cy.center(node);
  }
}

function socketLabel(socket) {
  const [first] = socket.endpoints;
  const address = first.address.replace(/^tcp:\/\//, "").replace("0.0.0.0:", "*:");
  return `${first.bound ? "bind" : "connect"}${socket.endpoints.length > 1 ? ` · ${socket.endpoints.length} endpoints` : ""}\n${address}`;
}

function edgeLabel(role, side, isQueue) {
  const lines = isTwoWay(role) ? [`${rate(role.receivedRate)}/s in`, `${rate(role.sentRate)}/s out`] : [`${rate(side === "left" ? role.receivedRate : role.sentRate)}/s`];
  if (isQueue) lines.push(`${count(role.waiting)} waiting`);
  return lines.join("\n");
}

function style() {
  const text = { label: "data(label)", "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", "font-family": "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif", "min-zoomed-font-size": 6 };
  const box = kind => ({ width: sizes[kind][0], height: sizes[kind][1], shape: "round-rectangle", "text-max-width": sizes[kind][0] - 12, "text-wrap": "wrap", "text-overflow-wrap": "anywhere" });
  const state = (name, kind) => ({ selector: `node.role.${name}`, style: { "border-color": color(kind), "background-color": color(`${kind}-soft`) } });
  return [
    { selector: "node", style: { ...text, color: color("text"), "overlay-opacity": 0, "border-width": 1, "border-color": color("line-strong"), "background-color": color("panel") } },
    { selector: "node.role", style: { ...box("role"), "font-size": 13, "font-weight": 600, "border-width": 2, "line-height": 1.25 } },
    { selector: "node.captioned", style: { "text-margin-y": -8, "text-wrap": "ellipsis" } },
    { selector: "node.caption", style: { width: sizes.role[0] - 16, height: 14, shape: "rectangle", "background-opacity": 0, "border-width": 0, "font-size": 11, color: color("quiet"), events: "no", "z-index": 2 } },
    state("good", "good"), state("warn", "warn"), state("bad", "bad"),
    { selector: "node.socket", style: { ...box("socket"), "font-size": 11, color: color("quiet"), "line-height": 1.2 } },
    { selector: "node.socket.alone", style: { "border-style": "dashed" } },
    { selector: "node.peers", style: { ...box("peers"), shape: "round-rectangle", "corner-radius": 17, "font-size": 11, "line-height": 1.2, "background-color": color("mild-soft"), "border-color": color("line-strong") } },
    { selector: "node.many", style: { "font-weight": 600, "border-style": "double", "border-width": 4 } },
    { selector: "node.selected", style: { "outline-width": 3, "outline-color": color("accent"), "outline-offset": 2 } },
    { selector: "edge", style: { ...text, width: "data(width)", "curve-style": "bezier", "line-color": color("line-strong"), "target-arrow-color": color("line-strong"), "source-arrow-color": color("line-strong"), "target-arrow-shape": "triangle", "arrow-scale": 0.9, "overlay-opacity": 0, "font-size": 11, "font-weight": 600, color: color("text"), "text-background-color": color("raised"), "text-background-opacity": 1, "text-background-padding": 2, "line-height": 1.2 } },
    { selector: "edge.two-way", style: { "source-arrow-shape": "triangle" } },
    { selector: "edge.flowing.in", style: { "line-color": color("received"), "target-arrow-color": color("received"), "source-arrow-color": color("received") } },
    { selector: "edge.flowing.out", style: { "line-color": color("sent"), "target-arrow-color": color("sent"), "source-arrow-color": color("sent") } },
    { selector: "edge.queue", style: { "line-color": color("queue"), "target-arrow-color": color("queue"), "source-arrow-color": color("queue"), color: color("warn") } },
  ];
}
