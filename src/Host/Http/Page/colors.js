// The colours of the style sheet, for what is drawn on a canvas.
const probe = document.createElement("span");
probe.hidden = true;
let known = new Map();

document.addEventListener("themechange", () => { known = new Map(); });

/** The colour that a variable has in the theme of now, such as color("line"). */
export function color(name) {
  if (!known.has(name)) {
    if (!probe.isConnected) document.body.append(probe);
    probe.style.color = `var(--${name})`;
    known.set(name, getComputedStyle(probe).color);
  }
  return known.get(name);
}
