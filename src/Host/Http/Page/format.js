// How numbers, times and words are shown, and how elements are made.
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const units = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** 1,234; from 10,000 on 12.3k, 4.56M. */
export function count(value) {
  if (value < 10000) return whole.format(value);
  const [size, unit] = units.find(([least]) => value >= least);
  const scaled = value / size;
  return (scaled >= 100 ? scaled.toFixed(0) : scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2)) + unit;
}

/** All digits, for titles and screen readers. */
export const exact = value => whole.format(value);

/** A rate without its unit: 0, 0.4, 12, 1,234, 56.7k. */
export const rate = value => value === 0 ? "0" : value < 9.95 ? value.toFixed(1) : count(Math.round(value));

/** 42 s, 3 min 5 s, 2 h 14 min, 5 d 3 h. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export const clock = at => new Date(at).toLocaleTimeString("en-GB");

export const plural = (number, one, many = one + "s") => `${exact(number)} ${number === 1 ? one : many}`;

/** An element with properties and children; null children are left out. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === "class") element.className = value;
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

/** Writes a text only where it differs, so that nothing is drawn anew for nothing. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const kinds = { ready: "good", running: "good", up: "good", opening: "warn", open: "warn", starting: "warn", draining: "warn", joining: "warn", leaving: "warn", exiting: "warn", failed: "bad", stopped: "bad", down: "bad" };

/** How good a state is: good, warn, bad or nothing. */
export const kindOf = state => kinds[state] ?? "";

const reasons = {
  queueFullNewest: ["queue full, newest", "The queue was full, and its rule drops the new message."],
  queueFullOldest: ["queue full, oldest", "The queue was full, and its rule drops the message that waited longest."],
  refused: ["refused", "The queue was full, and the message went back to its sender."],
  unroutable: ["unroutable", "The peer that it was for is not connected."],
  peerFull: ["peer full", "The peer does not read, and as much waits for it as may."],
  unsent: ["unsent", "It waited for a peer whose connection ended, or the linger time was over."],
  unread: ["unread", "It had come, and the socket was closed before the role took it."],
  malformed: ["malformed", "It does not have the frames that the pattern needs."],
  handlerTimeout: ["handler timeout", "The handler did not answer in time."],
  handlerFailed: ["handler failed", "The handler failed on it."],
  lateReply: ["late reply", "Nobody waited for the reply any more."],
  slowSubscriber: ["slow subscriber", "A subscriber did not keep up."],
  serverLost: ["server lost", "The server that had the request is gone."],
  expired: ["expired", "The request was not answered in time."],
  stopped: ["stopped", "The role stopped while it waited."],
};

/** What a reason is called, and what it means; an unknown one as it stands. */
export function reason(word) {
  const key = word.replace(/[-_ ]+(\w)/g, (_, letter) => letter.toUpperCase()).replace(/^\w/, letter => letter.toLowerCase());
  return reasons[key] ?? [word, ""];
}
