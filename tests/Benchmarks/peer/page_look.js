// Opens the page of a host in Chromium, and prints how long its frames take between "start" and "stop" on standard input.
const { chromium } = require("playwright-core");

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.addInitScript(() => {
    const seen = window.seen = [];
    // Chromium tells each frame that takes 50 ms or longer, with what it waits for a processor. A loop of our own that counts frames would
    // have it draw 60 times a second, which the page does not.
    new PerformanceObserver(list => { for (const entry of list.getEntries()) seen.push(entry.duration); }).observe({ type: "long-animation-frame" });
  });
  await page.goto(process.argv[2]);
  await page.waitForFunction(() => document.body.dataset.connection === "live");
  await page.waitForTimeout(3000);
  console.log("open");
  for await (const line of require("node:readline").createInterface({ input: process.stdin })) {
    if (line === "start") await page.evaluate(() => { window.seen.length = 0; });
    else break;
  }
  const long = await page.evaluate(() => window.seen);
  console.log(`frames of 50 ms or longer: ${long.length}, of more than 100 ms: ${long.filter(one => one > 100).length}, longest ${Math.max(0, ...long).toFixed(0)}`);
  if (process.argv[3]) await page.screenshot({ path: process.argv[3] });
  await browser.close();
  // Standard input, which is still open, would keep the process.
  process.exit();
})();
