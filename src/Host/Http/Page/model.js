// What the page knows of the host: the latest status, rates from the one before, and the last minutes.
const kept = 600;

export class Model {
  host = null;
  grains = null;
  at = 0;
  /** By name, in the order of the file. */
  roles = new Map();
  /** One entry a second: times in seconds, and sums over all roles. */
  history = series();
  isNewHost = false;

  /** The whole status, of this host or of one that was started anew. */
  whole(status) {
    const isOther = this.host !== null && (this.host.started !== status.host.started || this.host.processId !== status.host.processId);
    this.isNewHost = isOther || this.host === null;
    const before = isOther ? new Map() : this.roles;
    const at = Date.parse(status.at);
    const elapsed = (at - this.at) / 1000;
    this.host = status.host;
    this.grains = status.grains ?? null;
    this.roles = new Map(status.roles.map(report => {
      const known = before.get(report.name);
      const role = known ?? { history: series(), receivedRate: 0, sentRate: 0, droppedRate: 0 };
      const old = known && { received: role.received, sent: role.sent, dropped: role.droppedTotal };
      role.failure = undefined;
      Object.assign(role, report);
      this.#derive(role, old, elapsed);
      return [report.name, role];
    }));
    this.#record(at);
  }

  /** What has changed since the last status; what is absent is as it was. */
  change(difference) {
    const at = Date.parse(difference.at);
    const elapsed = (at - this.at) / 1000;
    if (difference.host) this.host = difference.host;
    if (difference.grains) this.grains = difference.grains;
    this.isNewHost = false;
    const changed = new Map((difference.roles ?? []).map(role => [role.name, role]));
    for (const role of this.roles.values()) {
      const old = { received: role.received, sent: role.sent, dropped: role.droppedTotal };
      const news = changed.get(role.name);
      if (news?.state) role.failure = undefined;
      if (news) Object.assign(role, news);
      this.#derive(role, old, elapsed);
    }
    this.#record(at);
  }

  #derive(role, old, elapsed) {
    role.droppedTotal = Object.values(role.dropped).reduce((sum, n) => sum + n, 0);
    // A role that was started anew counts from 0.
    const per = (now, then) => old && elapsed > 0 ? Math.max(0, now - then) / elapsed : 0;
    role.receivedRate = per(role.received, old?.received);
    role.sentRate = per(role.sent, old?.sent);
    role.droppedRate = per(role.droppedTotal, old?.dropped);
  }

  #record(at) {
    // Without a status shortly before there is no rate yet, and no line across the time in which nothing was known.
    const isRated = at - this.at < 5000;
    this.at = at;
    append(this.history, at / 1000, this.totals, isRated);
    for (const role of this.roles.values()) append(role.history, at / 1000, role, isRated);
  }

  get totals() {
    const sums = { ready: 0, roles: this.roles.size, peers: 0, received: 0, sent: 0, waiting: 0, droppedTotal: 0, reconnects: 0, receivedRate: 0, sentRate: 0, droppedRate: 0, dropped: {} };
    for (const role of this.roles.values()) {
      if (role.state === "ready") sums.ready++;
      sums.peers += role.peers.length;
      for (const key of ["received", "sent", "waiting", "droppedTotal", "reconnects", "receivedRate", "sentRate", "droppedRate"]) sums[key] += role[key];
      for (const [reason, n] of Object.entries(role.dropped)) sums.dropped[reason] = (sums.dropped[reason] ?? 0) + n;
    }
    return sums;
  }
}

function series() {
  return { times: [], received: [], sent: [], waiting: [] };
}

function append(history, at, values, isRated) {
  // A status that comes twice within the same moment is one.
  if (history.times.length > 0 && at <= history.times.at(-1)) return;
  history.times.push(at);
  history.received.push(isRated ? values.receivedRate : null);
  history.sent.push(isRated ? values.sentRate : null);
  history.waiting.push(values.waiting);
  if (history.times.length > kept) for (const one of Object.values(history)) one.shift();
}
