// The latest lines of the log.
import { clock, exact, make, plural, write } from "./format.js";

const kept = 500;
const levels = { debug: 0, info: 1, warning: 2, error: 3 };

export class Log {
  #list = document.getElementById("log");
  #level = document.getElementById("log-level");
  #hold = document.getElementById("log-hold");
  #lines = [];
  #waiting = [];
  #last = 0;
  #missed = 0;
  #isDue = false;

  constructor() {
    this.#level.addEventListener("change", () => this.#redraw());
    this.#hold.addEventListener("click", () => {
      const isHeld = this.#hold.getAttribute("aria-pressed") !== "true";
      this.#hold.setAttribute("aria-pressed", String(isHeld));
      write(this.#hold, isHeld ? "Go on" : "Hold");
      if (!isHeld) this.#redraw();
    });
  }

  /** Of a host that was started anew, the numbers begin again. */
  begin() {
    this.#last = 0;
  }

  add(line) {
    // After a new connection the host sends what it keeps, part of which is known.
    if (line.number <= this.#last) return;
    this.#last = line.number;
    this.#lines.push(line);
    if (this.#lines.length > kept) this.#lines.shift();
    if (this.#hold.getAttribute("aria-pressed") === "true" || !this.#passes(line)) return;
    this.#waiting.push(line);
    if (this.#isDue) return;
    // Many lines that come together are drawn together.
    this.#isDue = true;
    requestAnimationFrame(() => { this.#isDue = false; this.#draw(this.#waiting.splice(0)); });
  }

  missed(number) {
    if (number === 0) return;
    this.#missed += number;
    write(document.getElementById("log-missed"), `${plural(this.#missed, "line")} left out: more came than were sent here`);
  }

  #passes(line) {
    return levels[line.level] >= Number(this.#level.value);
  }

  #redraw() {
    this.#waiting = [];
    this.#list.replaceChildren();
    this.#draw(this.#lines.filter(line => this.#passes(line)));
  }

  #draw(lines) {
    const isAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 40;
    this.#list.append(...lines.slice(-kept).map(line => make("li", { class: line.level },
      make("time", { dateTime: line.at, title: line.at }, clock(line.at)), make("span", { class: "level" }, line.level),
      make("span", { class: "where", title: line.role }, line.role), make("span", { class: "what" }, line.text))));
    while (this.#list.childElementCount > kept) this.#list.firstElementChild.remove();
    const empty = document.getElementById("log-empty");
    empty.hidden = this.#list.childElementCount > 0;
    write(empty, this.#lines.length === 0 ? "Nothing is logged yet." : `None of ${exact(this.#lines.length)} lines has this level.`);
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }
}
