// Runs before the page is drawn, so that it does not flash in the other theme.
(() => {
  const key = "actors-theme";
  let chosen = null;
  try { chosen = localStorage.getItem(key); } catch { /* A browser may forbid storage: the system's theme holds. */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const changed = () => {
    const button = document.getElementById("theme");
    if (button) button.setAttribute("aria-label", isDark() ? "Switch to the light theme" : "Switch to the dark theme");
    document.dispatchEvent(new Event("themechange"));
  };
  dark.addEventListener("change", changed);
  addEventListener("DOMContentLoaded", () => {
    changed();
    document.getElementById("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem(key, document.documentElement.dataset.theme); } catch { /* Holds until the page is left. */ }
      changed();
    });
  });
})();
