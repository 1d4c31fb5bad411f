// Opens the page of a host in Chromium, and prints how long its frames take between "start" and "stop" on standard input.
const { chromium } = require("playwright-core");

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.addInitScript(() => {
    const seen = window.seen = { frames: [], long: [] };
    // A frame is long when its work takes more than 50 ms; what waits for a processor counts as well.
    new PerformanceObserver(list => { for (const entry of list.getEntries()) seen.long.push(entry.duration); }).observe({ type: "long-animation-frame" });
    let last = 0;
    const next = now => { if (last) seen.frames.push(now - last); last = now; requestAnimationFrame(next); };
    requestAnimationFrame(next);
  });
  await page.goto(process.argv[2]);
  await page.waitForFunction(() => document.body.dataset.connection === "live");
  await page.waitForTimeout(3000);
  console.log("open");
  for await (const line of require("node:readline").createInterface({ input: process.stdin })) {
    if (line === "start") await page.evaluate(() => { window.seen.frames.length = window.seen.long.length = 0; });
    else break;
  }
  const { frames, long } = await page.evaluate(() => window.seen);
  frames.sort((a, b) => a - b);
  const at = part => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))].toFixed(1);
  console.log(`frames ${frames.length} p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} long ${long.length} longest ${Math.max(0, ...long).toFixed(0)}`);
  if (process.argv[3]) await page.screenshot({ path: process.argv[3] });
  await browser.close();
})();
