// What the graph shows of a host: nodes for roles, sockets and peers, and edges in the direction of the messages.
const inbound = /^(pull|sub|subscribe|clients|frontend|retained-in)$/;
const twoWay = new Set(["request", "reply", "queue", "dealer", "router", "pair", "gateway"]);
const left = new Set(["pull", "subscribe", "reply", "gateway"]);
const byBinding = new Set(["dealer", "router", "pair"]);

/** Beyond so many roles, a role and its sockets are one node. */
export const compactFrom = 40;
/** Beyond so many peers of a socket, they are one node. */
const mostSinglePeers = 3;
const mostPeers = 60;

/** Whether messages flow both ways over the role's sockets. */
export const isTwoWay = role => twoWay.has(role.pattern);

/** The nodes and edges, by id. `shape` is the same text as long as no node or edge comes or goes. */
export function structureOf(roles) {
  const isCompact = roles.size > compactFrom;
  const nodes = new Map();
  const edges = new Map();
  const peers = [...roles.values()].reduce((sum, role) => sum + role.peers.length, 0);
  const sockets = [];
  for (const role of roles.values()) {
    const id = `role:${role.name}`;
    nodes.set(id, { id, kind: "role", role: role.name });
    for (const socket of socketsOf(role)) {
      socket.id = isCompact ? id : `socket:${role.name}:${socket.name}`;
      socket.roleId = id;
      sockets.push(socket);
      if (isCompact) continue;
      nodes.set(socket.id, { id: socket.id, kind: "socket", role: role.name, socket, side: socket.side });
      const [source, target] = socket.side === "left" ? [socket.id, id] : [id, socket.id];
      edges.set(`${source}>${target}`, { id: `${source}>${target}`, source, target, role: role.name, side: socket.side, isLabelled: socket.isFirst });
    }
  }
  const links = linksOf(sockets);
  for (const { from, to } of links) {
    const [source, target] = from.side === "right" || to.side === "left" ? [from, to] : [to, from];
    const id = `${source.id}>${target.id}`;
    if (source.id !== target.id) edges.set(id, { id, source: source.id, target: target.id, role: source.role.name, side: "right", isInner: true, isLabelled: isCompact });
  }
  for (const socket of sockets) addPeers(socket, links, peers <= mostPeers && !isCompact, isCompact, nodes, edges);
  return { nodes, edges, isCompact, shape: [...nodes.keys(), ...edges.keys()].join("\n") };
}

/** The sockets of a role, each with its endpoints, its peers and the side of the role that it is on. */
function socketsOf(role) {
  const found = new Map();
  for (const endpoint of role.endpoints) {
    const name = endpoint.socket ?? role.name;
    let socket = found.get(name);
    if (!socket) {
      const part = name.startsWith(`${role.name}.`) ? name.slice(role.name.length + 1) : "";
      const isLeft = part ? inbound.test(part) : byBinding.has(role.pattern) ? endpoint.bound : left.has(role.pattern);
      found.set(name, socket = { role, name, part, side: isLeft ? "left" : "right", endpoints: [], peers: [], hidden: 0 });
    }
    socket.endpoints.push(endpoint);
  }
  const all = [...found.values()];
  for (const side of ["left", "right"]) {
    const first = all.find(socket => socket.side === side);
    if (first) first.isFirst = true;
  }
  for (const peer of role.peers) {
    const at = normal(peer.endpoint);
    const socket = all.find(one => one.endpoints.some(endpoint => normal(endpoint.address) === at)) ?? all[0];
    socket?.peers.push(peer);
  }
  return all;
}

/** Pairs of sockets of this host that talk to each other: one connects to what the other binds. */
function linksOf(sockets) {
  const bound = new Map();
  for (const socket of sockets) for (const endpoint of socket.endpoints) if (endpoint.bound) bound.set(normal(endpoint.address), socket);
  const links = [];
  for (const from of sockets) {
    for (const endpoint of from.endpoints) {
      const to = endpoint.bound ? undefined : bound.get(normal(endpoint.address));
      if (to && to !== from) links.push({ from, to, at: normal(endpoint.address) });
    }
  }
  return links;
}

function addPeers(socket, links, mayBeSingle, isCompact, nodes, edges) {
  const outside = socket.peers.filter(peer => !links.some(link => link.from === socket && link.at === normal(peer.endpoint)));
  // Of a bound socket, those that this host's own roles are.
  const inside = links.filter(link => link.to === socket).length;
  const number = Math.max(0, outside.length - inside);
  if (number === 0) return;
  const add = (id, label, title, peersOf) => {
    nodes.set(id, { id, kind: "peers", role: socket.role.name, side: socket.side, label, title, number: peersOf });
    const [source, target] = socket.side === "left" ? [id, socket.id] : [socket.id, id];
    edges.set(`${source}>${target}`, { id: `${source}>${target}`, source, target, role: socket.role.name, side: socket.side, isLabelled: isCompact && socket.isFirst });
  };
  if (mayBeSingle && inside === 0 && number <= mostSinglePeers)
    for (const peer of outside) add(`peer:${socket.id}:${peer.address}:${peer.connectedAt}`, `${peer.socketType ?? "peer"}\n${place(peer)}`, peer.address ?? "", 1);
  else add(`peers:${socket.role.name}:${socket.name}`, `${number} ${number === 1 ? "peer" : "peers"}`, "", number);
}

const place = peer => peer.routingId ?? (peer.address ?? peer.endpoint).replace(/^\w+:\/\//, "");

/** One form of an endpoint, by which both ends are known. */
const normal = address => address.replace("://0.0.0.0:", "://127.0.0.1:").replace("://*:", "://127.0.0.1:").replace("://localhost:", "://127.0.0.1:").replace("://[::]:", "://127.0.0.1:");
