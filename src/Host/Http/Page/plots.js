// Rates and waiting messages over the last minutes, of all roles or of the one that is selected.
import uPlot from "./vendor/uplot/uPlot.esm.js";
import { color } from "./colors.js";
import { count, make, rate, write } from "./format.js";

const height = 180;
const span = 300;

export class Plots {
  #plots = [];

  constructor(rates, waiting) {
    this.#plots = [
      new Plot(rates, [["Received", "received"], ["Sent", "sent"]], rate, "/s"),
      new Plot(waiting, [["Waiting", "waiting", "queue"]], count, ""),
    ];
  }

  /** Draws the history of a role, or that of all roles where none is given. */
  update(model, role) {
    const history = role?.history ?? model.history;
    for (const scope of document.querySelectorAll(".plots .scope")) write(scope, role ? role.name : "all roles");
    for (const plot of this.#plots) plot.update(history);
    const last = role ?? model.totals;
    write(document.getElementById("rates-now"), `received ${rate(last.receivedRate)} and sent ${rate(last.sentRate)} a second`);
    write(document.getElementById("waiting-now"), `${count(last.waiting)} wait`);
  }
}

class Plot {
  #box;
  #plot = null;
  #history = null;
  #isVisible = true;
  #when = make("span", { class: "when" });
  #values;

  constructor(box, series, format, unit) {
    this.#box = box;
    this.#values = series.map(() => make("b"));
    box.append(make("p", { class: "plot-legend" }, ...series.map(([label, key, name = key], number) => make("span", { class: name }, label, this.#values[number])), this.#when));
    this.series = series;
    this.format = format;
    this.unit = unit;
    document.addEventListener("themechange", () => this.#plot?.redraw(false));
    new ResizeObserver(() => { if (this.#plot && box.clientWidth > 0) this.#plot.setSize({ width: box.clientWidth - 16, height }); }).observe(box);
    new IntersectionObserver(entries => { this.#isVisible = entries.at(-1).isIntersecting; if (this.#isVisible && this.#history) this.update(this.#history); }, { rootMargin: "400px" }).observe(box);
  }

  update(history) {
    this.#history = history;
    if (!this.#isVisible || history.times.length === 0) return;
    const data = [history.times, ...this.series.map(([, key]) => history[key])];
    if (this.#plot) this.#plot.setData(data, false);
    else this.#plot = new uPlot(this.#options(), data, this.#box);
    const end = history.times.at(-1);
    this.#legend();
    this.#plot.batch(() => {
      this.#plot.setScale("x", { min: end - Math.min(span, Math.max(60, end - history.times[0])), max: end });
      this.#plot.setScale("y", { min: 0, max: nice(most(data, end - span)) });
    });
  }

  #shown(value) {
    return value === null || value === undefined ? "–" : this.format(value) + this.unit;
  }

  /** Above the plot: what each line is, with the values under the cursor, or the latest. */
  #legend() {
    const at = this.#plot?.cursor.idx;
    const times = this.#history.times;
    const index = at ?? times.length - 1;
    write(this.#when, at === null || at === undefined ? "now" : new Date(times[index] * 1000).toLocaleTimeString("en-GB"));
    this.series.forEach(([, key], number) => write(this.#values[number], this.#shown(this.#history[key][index])));
  }

  #options() {
    const axis = { stroke: () => color("quiet"), grid: { stroke: () => color("line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    return {
      width: Math.max(200, this.#box.clientWidth - 16), height, padding: [8, 30, 0, 0], legend: { show: false },
      cursor: { points: { size: 7 }, drag: { x: false, y: false } }, hooks: { setCursor: [() => { if (this.#plot) this.#legend(); }] },
      scales: { x: { time: true }, y: { auto: false } },
      axes: [
        { ...axis, values: "{HH}:{mm}:{ss}", space: 90, size: 30, grid: { show: false } },
        { ...axis, size: 58, space: 34, values: (_, ticks) => ticks.map(tick => tick >= 10 || Number.isInteger(tick) ? count(tick) : tick.toFixed(1)) },
      ],
      series: [
        {},
        ...this.series.map(([label, key, name = key]) => ({
          label, stroke: () => color(name), width: 2, points: { show: false }, spanGaps: false,
          fill: () => color(name).replace(/rgb\(([^)]*)\)/, "rgba($1, 0.1)"),
        })),
      ],
    };
  }
}

function most([times, ...series], from) {
  let result = 0;
  for (let index = times.length - 1; index >= 0 && times[index] >= from; index--)
    for (const one of series) if (one[index] > result) result = one[index];
  return result;
}

/** The next of 1, 2, 2.5, 5, 10 ... above. */
function nice(value) {
  if (value <= 4) return 4;
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * size >= value * 1.05) * size || 10 * size * 1.5;
}
