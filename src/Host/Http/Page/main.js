// Brings the connection, what is known of the host, and the panels together.
import { duration, kindOf, plural, write } from "./format.js";
import { Graph } from "./graph.js";
import { Grains } from "./grains.js";
import { Log } from "./log.js";
import { Model } from "./model.js";
import { Details, Drops, Totals } from "./panels.js";
import { Plots } from "./plots.js";
import { Roles } from "./roles.js";
import { Stream } from "./stream.js";

const byId = id => document.getElementById(id);
const model = new Model();
let selected = null;
let announced = "";

const graph = new Graph(byId("graph"), (name, mayFocus) => select(name, mayFocus));
const roles = new Roles(name => select(name === selected ? null : name));
const details = new Details(() => { const before = selected; select(null); (roles.buttonOf(before) ?? byId("graph")).focus(); });
const [totals, drops, grains, log] = [new Totals(), new Drops(), new Grains(), new Log()];
const plots = new Plots(byId("rates-plot"), byId("waiting-plot"));

function select(name, mayFocus = false) {
  selected = name;
  graph.mark(name);
  roles.mark(name);
  showSelected();
  if (mayFocus) details.focus();
}

function showSelected() {
  const role = selected === null ? undefined : model.roles.get(selected);
  details.update(role);
  plots.update(model, role);
}

function show() {
  const { host } = model;
  document.title = `${host.name} – Actors`;
  write(byId("host-name"), host.name);
  const state = byId("host-state");
  state.hidden = false;
  state.className = `badge ${kindOf(host.state)}`;
  write(state, host.state);
  write(byId("host-facts"), `up ${duration(model.at - Date.parse(host.started))} · engine ${host.engine} · version ${host.version} · process ${host.processId}`);
  byId("host-facts").title = host.file;
  if (selected !== null && !model.roles.has(selected)) select(null);
  byId("graph-empty").hidden = model.roles.size > 0;
  for (const panel of [totals, graph, drops, roles, grains]) panel.update(model);
  showSelected();
  announce();
}

/** Said to screen readers only when the roles that work are others, not each second. */
function announce() {
  const broken = [...model.roles.values()].filter(role => role.state === "failed" || role.state === "stopped");
  const text = model.host.state === "draining" ? "The host is being stopped" : broken.length > 0 ? `${plural(broken.length, "role")} failed or stopped: ${broken.slice(0, 3).map(role => role.name).join(", ")}` : "";
  if (text === announced) return;
  announced = text;
  byId("announcer").textContent = text || "All roles work again";
}

const events = {
  status(data) {
    model.whole(data);
    if (model.isNewHost) log.begin();
    connected();
    show();
  },
  change(data) {
    model.change(data);
    show();
  },
  log(data) { log.add(data); },
  missed(data) { log.missed(data.logLines); },
};

function connected() {
  if (document.body.dataset.connection === "live") return;
  document.body.dataset.connection = "live";
  write(byId("connection-text"), "Live");
  byId("trouble").hidden = true;
  byId("announcer").textContent = "Connected with the host";
}

const states = {
  connecting() {
    if (document.body.dataset.connection === "lost") return;
    document.body.dataset.connection = "connecting";
    write(byId("connection-text"), "Connecting");
  },
  lost(why, wait) {
    if (document.body.dataset.connection === "live") byId("announcer").textContent = "The connection with the host is lost";
    document.body.dataset.connection = "lost";
    write(byId("connection-text"), "Not connected");
    byId("trouble").hidden = false;
    write(byId("trouble-text"), `No connection: ${why}. ${model.at ? "What is shown is from before. " : ""}Trying again ${wait < 1500 ? "at once" : `in ${Math.round(wait / 1000)} s`}.`);
  },
  paused() {
    document.body.dataset.connection = "connecting";
    write(byId("connection-text"), "Paused");
  },
  token(fault) {
    document.body.dataset.connection = "refused";
    write(byId("connection-text"), "Not signed in");
    write(byId("sign-in-fault"), fault);
    if (!byId("sign-in").open) byId("sign-in").showModal();
    byId("token").select();
  },
};

const stream = new Stream({ event: (name, data) => events[name]?.(data), state: (word, ...detail) => states[word](...detail) });
byId("retry").addEventListener("click", () => stream.connect());
byId("zoom-in").addEventListener("click", () => graph.zoom(1.3));
byId("zoom-out").addEventListener("click", () => graph.zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => graph.fit());
byId("sign-in-form").addEventListener("submit", () => {
  stream.token = byId("token").value.trim();
  byId("token").value = "";
  stream.connect();
});
stream.connect();
