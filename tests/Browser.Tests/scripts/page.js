// Looks at the page of a host in Chromium. Arguments: the address, and what to do there; prints what is seen, a line a fact.
const { chromium } = require("playwright-core");
const [, , url, what, ...rest] = process.argv;
const patience = 30000;
const say = (name, value) => console.log(`${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
const faults = [];

const views = {
  desktop: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

async function open(browser, view, address = url) {
  const context = await browser.newContext(views[view]);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.on("console", message => { if (message.type() === "error" || message.type() === "warning") faults.push(message.text()); });
  page.on("pageerror", fault => faults.push(String(fault.stack)));
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", event => console.error(`the content security policy forbids ${event.blockedURI} as ${event.violatedDirective}`)));
  await page.goto(address);
  return page;
}

const live = page => page.waitForFunction(() => document.body.dataset.connection === "live");
const rateOf = (page, role, column) => page.locator("#roles-body tr", { has: page.getByRole("button", { name: role, exact: true }) }).locator("td").nth(column).textContent();

const steps = {
  // Roles with their states, and rates that follow what comes in.
  async rates(browser) {
    const page = await open(browser, "desktop");
    await live(page);
    say("title", await page.title());
    say("roles", await page.locator("#roles-body .name-button").allTextContents());
    say("states", await page.locator("#roles-body .badge").allTextContents());
    await page.waitForFunction(() => [...document.querySelectorAll("#roles-body tr")].some(row => row.cells[0].textContent.startsWith("sink") && row.cells[3].textContent !== "0"));
    say("received a second", await rateOf(page, "sink", 2));
    await page.getByRole("button", { name: "sink", exact: true }).click();
    say("details", await page.locator("#details-body .peers").nth(1).innerText());
    say("graph", await page.locator("#graph").getAttribute("aria-label"));
    say("plot", await page.locator("#rates-plot canvas").count());
    say("log", (await page.locator("#log").innerText()).includes("sink is open"));
    if (rest[0]) await page.screenshot({ path: rest[0], fullPage: true });
  },
  async theme(browser) {
    const ground = page => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const page = await open(browser, "desktop");
    await live(page);
    say("light", await ground(page));
    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    say("dark", await ground(page));
    await page.reload();
    await live(page);
    say("kept", await ground(page));
    await page.getByRole("button", { name: "Switch to the light theme" }).click();
    say("back", await ground(page));
    const other = await open(browser, "dark");
    await live(other);
    say("of the system", await ground(other));
  },
  async phone(browser) {
    const page = await open(browser, "phone");
    await live(page);
    await page.locator("#roles-body tr").first().waitFor();
    say("width", await page.evaluate(() => document.documentElement.scrollWidth));
    say("table", await page.evaluate(() => { const box = document.querySelector(".table-box"); return box.scrollWidth <= box.clientWidth; }));
    if (rest[0]) await page.screenshot({ path: rest[0] });
  },
  // From the top of the page to the details of a role and back, without a mouse.
  async keyboard(browser) {
    const page = await open(browser, "desktop");
    await live(page);
    await page.locator("#roles-body tr").first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent.trim());
    const order = [];
    for (let step = 0; step < 6; step++) { await page.keyboard.press("Tab"); order.push(await focused()); }
    say("order", order);
    await page.keyboard.press("ArrowDown");
    say("chosen", await page.locator("#details-title").textContent());
    await page.keyboard.press("Enter");
    say("in the details", await focused());
    await page.keyboard.press("Escape");
    say("closed", await page.locator("#details").isHidden());
    say("back at", await focused());
    await page.keyboard.press("Enter");
    say("from the table", await page.locator("#details-title").textContent());
    await page.getByRole("button", { name: "Received/s" }).press("Enter");
    say("sorted", await page.locator("#roles-head th[data-key=received]").getAttribute("aria-sort"));
    await page.locator("#roles-filter").fill("sin");
    say("found", await page.locator("#roles-body .name-button").allTextContents());
    // What a screen reader steps through: regions with names, and one heading of the first level.
    say("regions", await page.evaluate(() => [...document.querySelectorAll("section:not([hidden])")].every(one => one.getAttribute("aria-label") || document.getElementById(one.getAttribute("aria-labelledby"))?.textContent)));
    say("headings", await page.locator("h1").count());
    say("unnamed", await page.evaluate(() => [...document.querySelectorAll("button, input, select, a")].filter(one => !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.[0]?.textContent.trim())).length));
  },
  // The host ends and comes back; the page says so both times and goes on by itself.
  async restart(browser) {
    const page = await open(browser, "desktop");
    await live(page);
    say("live", await page.locator("#host-facts").textContent());
    await page.waitForFunction(() => document.body.dataset.connection === "lost");
    say("lost", await page.locator("#trouble").innerText());
    await live(page);
    say("live again", await page.locator("#host-facts").textContent());
    say("trouble", await page.locator("#trouble").isVisible());
    say("rows", await page.locator("#roles-body tr").count());
    // The browser itself says on the console that nothing answered.
    for (let index = faults.length; index-- > 0;) if (/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/.test(faults[index])) faults.splice(index, 1);
  },
  async token(browser) {
    const [token] = rest;
    const page = await open(browser, "desktop");
    await page.getByRole("textbox", { name: "Token" }).fill("not the token");
    await page.getByRole("button", { name: "Show the host" }).click();
    say("refused", await page.locator("#sign-in-fault:not(:empty)").textContent());
    await page.getByRole("textbox", { name: "Token" }).fill(token);
    await page.getByRole("button", { name: "Show the host" }).click();
    await live(page);
    say("shown", await page.locator("#roles-body tr").count());
    const other = await open(browser, "desktop", `${url}#token=${token}`);
    await live(other);
    say("by link", new URL(other.url()).hash);
    for (let index = faults.length; index-- > 0;) if (/status of 401/.test(faults[index])) faults.splice(index, 1);
  },
};

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  try {
    await steps[what](browser);
    say("faults", faults);
  } finally {
    await browser.close();
  }
})().catch(fault => { console.log(`failed: ${fault.message.replaceAll("\n", " ")} faults: ${JSON.stringify(faults)}`); process.exitCode = 1; });
