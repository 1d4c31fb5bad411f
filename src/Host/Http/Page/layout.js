// Where the nodes of the graph stand: roles in the order in which messages pass them, their sockets and peers on both sides. Worked out
// anew only when nodes come or go, and always the same for the same nodes, so that nothing moves while numbers change.

/** The size of each kind of node: along the flow, and across it, when the flow goes to the right. */
export const sizes = { role: [126, 48], socket: [116, 36], peers: [100, 32] };
const gaps = { along: 80, short: 40, row: 12, unit: 40, compactAlong: 80 };

/** Positions of all nodes, by id, of the middle of each. `aspect` is width by height of the place; a narrow one has the flow go down. */
export function layoutOf({ nodes, edges, isCompact }, aspect) {
  const isDown = aspect < 0.95;
  const size = kind => isDown ? [sizes[kind][1], sizes[kind][0]] : sizes[kind];
  const units = unitsOf(nodes, edges);
  const places = units.map(unit => placeUnit(unit, size, isCompact ? gaps.compactAlong : isDown ? 46 : gaps.along, isCompact));
  const packed = isDown ? pack(places.map(turned), aspect).map(turnedBack) : pack(places, aspect);
  const positions = new Map();
  for (const { at: [along, across], points } of packed)
    for (const [id, [x, y]] of points) positions.set(id, isDown ? { x: across + y, y: along + x } : { x: along + x, y: across + y });
  return positions;
}

/** Roles that are linked with each other, each with its rank in the flow. */
function unitsOf(nodes, edges) {
  const roles = new Map();
  for (const node of nodes.values()) if (node.kind === "role") roles.set(node.role, { name: node.role, left: [], right: [], before: new Set(), linked: new Set() });
  for (const node of nodes.values()) {
    if (node.kind === "role") continue;
    const side = roles.get(node.role)[node.side];
    if (node.kind === "socket") side.push({ socket: node.id, peers: [], isLinked: false });
    else if (!side.find(one => edges.has(`${node.id}>${one.socket}`) || edges.has(`${one.socket}>${node.id}`))?.peers.push(node.id)) side.push({ socket: null, peers: [node.id] });
  }
  for (const edge of edges.values()) {
    if (!edge.isInner) continue;
    const [from, to] = [nodes.get(edge.source).role, nodes.get(edge.target).role];
    for (const [role, id] of [[from, edge.source], [to, edge.target]])
      for (const one of [...roles.get(role).left, ...roles.get(role).right]) if (one.socket === id) one.isLinked = true;
    if (from === to) continue;
    roles.get(to).before.add(from);
    roles.get(from).linked.add(to);
    roles.get(to).linked.add(from);
  }
  const units = [];
  const seen = new Set();
  for (const role of roles.values()) {
    if (seen.has(role.name)) continue;
    const unit = [];
    const open = [role.name];
    seen.add(role.name);
    while (open.length > 0) {
      const one = roles.get(open.shift());
      unit.push(one);
      for (const next of one.linked) if (!seen.has(next)) { seen.add(next); open.push(next); }
    }
    for (const one of unit) one.rank = rankOf(one, roles, new Set());
    units.push(unit);
  }
  return units;
}

/** The longest way to the role; a way that comes back to itself ends there. */
function rankOf(role, roles, onWay) {
  if (role.rank !== undefined) return role.rank;
  if (onWay.has(role.name)) return 0;
  onWay.add(role.name);
  let rank = 0;
  for (const before of role.before) rank = Math.max(rank, rankOf(roles.get(before), roles, onWay) + 1);
  onWay.delete(role.name);
  return rank;
}

/** Points of one unit, from its corner on, and how much room it takes. */
function placeUnit(unit, size, gap, isCompact) {
  const ranks = Map.groupBy(unit, role => role.rank);
  const points = new Map();
  const rowOf = Math.max(size("socket")[1], size("peers")[1]) + gaps.row;
  // Peers stand outside of the socket that they belong to, and below it where another role of this host is outside.
  const rowsOf = one => one.isLinked ? 1 + one.peers.length : Math.max(1, one.peers.length);
  const rows = side => side.reduce((sum, one) => sum + rowsOf(one), 0);
  const room = role => Math.max(size("role")[1] + gaps.row, Math.max(rows(role.left), rows(role.right)) * rowOf);
  const most = Math.max(...[...ranks.values()].map(roles => roles.reduce((sum, role) => sum + room(role), 0)));
  let along = 0;
  for (const rank of [...ranks.keys()].sort((a, b) => a - b)) {
    const roles = ranks.get(rank);
    const has = (side, kind) => roles.some(role => role[side].some(one => kind === "peers" ? one.peers.length > 0 && !one.isLinked : one.socket !== null));
    const column = {};
    for (const [name, side, kind] of [["leftPeers", "left", "peers"], ["leftSockets", "left", "socket"], ["role", null, "role"], ["rightSockets", "right", "socket"], ["rightPeers", "right", "peers"]]) {
      if (side !== null && !has(side, kind)) continue;
      column[name] = along + size(kind)[0] / 2;
      // Room for the label of the edge that follows, where it has one: beside roles.
      along += size(kind)[0] + (isCompact || name === "leftSockets" || name === "role" ? gap : gaps.short);
    }
    let across = (most - roles.reduce((sum, role) => sum + room(role), 0)) / 2;
    for (const role of roles) {
      points.set(`role:${role.name}`, [column.role, across + room(role) / 2]);
      for (const side of ["left", "right"]) {
        let row = across + (room(role) - rows(role[side]) * rowOf) / 2;
        for (const one of role[side]) {
          const height = rowsOf(one) * rowOf;
          if (one.socket) points.set(one.socket, [column[`${side}Sockets`], one.isLinked ? row + rowOf / 2 : row + height / 2]);
          one.peers.forEach((id, index) => points.set(id, [column[one.isLinked ? `${side}Sockets` : `${side}Peers`], row + (index + (one.isLinked ? 1.5 : 0.5)) * rowOf]));
          row += height;
        }
      }
      across += room(role);
    }
  }
  // Behind the last column there is no gap.
  return { points, width: Math.max(...[...points].map(([id, [x]]) => x + size(id.split(":")[0].replace(/^peer$/, "peers"))[0] / 2)), height: most };
}

const turned = place => ({ ...place, width: place.height, height: place.width });
const turnedBack = ({ at: [x, y], points }) => ({ at: [y, x], points });

/** Rows of units, as wide as makes them largest in their place. */
function pack(places, aspect) {
  const widest = Math.max(1, ...places.map(place => place.width));
  const area = places.reduce((sum, place) => sum + (place.width + gaps.unit) * (place.height + gaps.unit / 2), 0);
  let best = null;
  for (let factor = 0.6; factor <= 2; factor += 0.1) {
    const rows = rowsWithin(places, Math.max(widest, Math.sqrt(area * aspect) * factor));
    const scale = Math.min(aspect / rows.width, 1 / rows.height);
    if (!best || scale > best.scale * 1.01) best = { scale, ...rows };
  }
  return best.placed;
}

function rowsWithin(places, limit) {
  let [x, y, tallest, width] = [0, 0, 0, 1];
  const placed = places.map(place => {
    if (x > 0 && x + place.width > limit) [x, y, tallest] = [0, y + tallest + gaps.unit / 2, 0];
    const at = [x, y];
    x += place.width + gaps.unit;
    tallest = Math.max(tallest, place.height);
    width = Math.max(width, x - gaps.unit);
    return { at, points: place.points };
  });
  return { placed, width, height: Math.max(1, y + tallest) };
}
