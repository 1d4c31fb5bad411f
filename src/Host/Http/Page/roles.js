// The table of roles: all that the graph says, and more. Sorted and filtered by the user.
import { count, exact, kindOf, make, rate, write } from "./format.js";

const states = ["failed", "stopped", "opening", "open", "draining", "ready"];
const columns = [
  { key: "name", title: "Role", side: "left", value: role => role.name },
  { key: "pattern", title: "Pattern", side: "left rare", value: role => role.pattern },
  { key: "state", title: "State", side: "left rare", value: role => states.indexOf(role.state) },
  { key: "received", title: "Received/s", value: role => role.receivedRate, text: role => rate(role.receivedRate) },
  { key: "sent", title: "Sent/s", value: role => role.sentRate, text: role => rate(role.sentRate) },
  { key: "waiting", title: "Waiting", value: role => role.waiting, text: role => count(role.waiting), kind: "warn" },
  { key: "dropped", title: "Dropped", side: "rare", value: role => role.droppedTotal, text: role => count(role.droppedTotal), kind: "bad" },
  { key: "peers", title: "Peers", side: "rare", value: role => role.peers.length, text: role => count(role.peers.length) },
  { key: "reconnects", title: "Reconnects", side: "rare", value: role => role.reconnects, text: role => count(role.reconnects) },
];

export class Roles {
  #rows = new Map();
  #order = "";
  #sort = { key: null, isDown: false };
  #model = null;
  #selected = null;
  #filter = document.getElementById("roles-filter");
  #body = document.getElementById("roles-body");
  #select;

  /** @param select  Called with the name of the role that the user chooses. */
  constructor(select) {
    this.#select = select;
    this.#filter.addEventListener("input", () => this.#show());
    const head = document.getElementById("roles-head");
    for (const column of columns) {
      const button = make("button", { type: "button", onclick: () => this.#sortBy(column.key) }, column.title);
      head.append(make("th", { class: column.side ?? "", scope: "col", "data-key": column.key }, button));
    }
  }

  update(model) {
    this.#model = model;
    this.#show();
  }

  mark(name) {
    this.#selected = name;
    for (const [role, row] of this.#rows) this.#markRow(role, row);
  }

  /** The button of a role, to go back to. */
  buttonOf(name) {
    return this.#rows.get(name)?.button;
  }

  #markRow(name, row) {
    row.element.classList.toggle("selected", name === this.#selected);
    row.button.setAttribute("aria-pressed", String(name === this.#selected));
  }

  #sortBy(key) {
    const isSame = this.#sort.key === key;
    // Numbers begin with the largest; a third click is the order of the file.
    const firstDown = !["name", "pattern", "state"].includes(key);
    if (isSame && this.#sort.isDown !== firstDown) this.#sort = { key: null, isDown: false };
    else this.#sort = { key, isDown: isSame ? !this.#sort.isDown : firstDown };
    for (const head of document.querySelectorAll("#roles-head th")) {
      if (head.dataset.key === this.#sort.key) head.setAttribute("aria-sort", this.#sort.isDown ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.#show();
  }

  #show() {
    if (!this.#model) return;
    const wanted = this.#filter.value.trim().toLowerCase();
    const all = [...this.#model.roles.values()];
    const shown = all.filter(role => wanted === "" || `${role.name} ${role.pattern} ${role.state}`.toLowerCase().includes(wanted));
    const column = columns.find(one => one.key === this.#sort.key);
    if (column) {
      const sign = this.#sort.isDown ? -1 : 1;
      shown.sort((a, b) => { const [x, y] = [column.value(a), column.value(b)]; return sign * (typeof x === "string" ? x.localeCompare(y, "en", { numeric: true }) : x - y); });
    }
    for (const role of shown) this.#write(role);
    const order = shown.map(role => role.name).join("\n");
    if (order !== this.#order) {
      this.#order = order;
      const focused = document.activeElement;
      this.#body.replaceChildren(...shown.map(role => this.#rows.get(role.name).element));
      if (focused?.isConnected && focused !== document.activeElement) focused.focus();
    }
    for (const name of this.#rows.keys()) if (!this.#model.roles.has(name)) this.#rows.delete(name);
    write(document.getElementById("roles-count"), shown.length === all.length ? exact(all.length) : `${exact(shown.length)} of ${exact(all.length)}`);
    const empty = document.getElementById("roles-empty");
    empty.hidden = shown.length > 0;
    write(empty, all.length === 0 ? "This host has no roles." : "No role has that name, pattern or state.");
  }

  #write(role) {
    const row = this.#rows.get(role.name) ?? this.#make(role);
    write(row.sub, `${role.pattern} · ${role.state}`);
    write(row.pattern, role.pattern);
    if (row.state.textContent !== role.state) {
      row.state.textContent = role.state;
      row.state.className = `badge ${kindOf(role.state)}`;
      row.sub.className = `sub ${kindOf(role.state)}`;
    }
    for (const column of columns) {
      if (!column.text) continue;
      const cell = row[column.key];
      write(cell, column.text(role));
      const value = column.value(role);
      const kind = value === 0 ? "zero" : column.kind ?? "";
      if (cell.kind !== kind) {
        cell.kind = kind;
        cell.className = `${column.side ?? ""} ${kind}`;
      }
    }
  }

  #make(role) {
    const row = { button: make("button", { type: "button", class: "name-button", title: role.name }, role.name), sub: make("span", { class: "sub" }), state: make("span", { class: "badge" }), pattern: make("td", { class: "left rare" }) };
    row.element = make("tr", { onclick: () => this.#select(role.name) }, make("th", { scope: "row" }, row.button, row.sub), row.pattern, make("td", { class: "left rare" }, row.state));
    for (const column of columns) if (column.text) row.element.append(row[column.key] = make("td", { class: column.side ?? "" }));
    this.#rows.set(role.name, row);
    this.#markRow(role.name, row);
    return row;
  }
}
