// From one page to the next as a reader goes: pointing at a link, then clicking it. A proxy of our own puts 50 ms on each way.

import http from 'node:http';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../end2end/package.json', import.meta.url))('@playwright/test');
const site = new URL(process.env.BASE_URL);
const DELAY = 50;
const later = (work) => setTimeout(work, DELAY);

const proxy = http.createServer((request, answer) => {
  later(() => {
    const asked = http.request({ host: site.hostname, port: site.port, path: request.url, method: request.method, headers: request.headers, agent: false }, (got) => {
      later(() => {
        answer.writeHead(got.statusCode, got.rawHeaders);
        got.pipe(answer);
      });
    });
    // The browser has gone on meanwhile.
    asked.on('error', () => answer.destroy());
    request.pipe(asked);
  });
});
await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${proxy.address().port}`;

const journeys = [
  ['/en', '/en/indicators'],
  ['/en/indicators', '/en/indicators/domestic-market-revenue'],
  ['/zh/programs', '/zh/programs/pudong-10-package'],
  ['/en/organizations', '/en/organizations/crazy-maple-studio'],
  ['/zh/events', '/zh/subsidies'],
  ['/en/sources', '/en/data'],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: ['--no-sandbox', '--disable-background-networking', '--enable-features=SpeculationRulesPrefetch'],
});

/** Milliseconds from the click to the first contents, and how the document came. */
async function go(from, to, points) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin + from, { waitUntil: 'networkidle' });
  const link = page.locator(`a[href="${to}"]:visible`).first();
  await link.scrollIntoViewIfNeeded();
  if (points) {
    await link.hover();
    await page.waitForTimeout(800);
  }
  await link.click();
  await page.waitForURL(origin + to);
  const told = await page.evaluate(
    () =>
      new Promise((done) => {
        const [entry] = performance.getEntriesByType('navigation');
        const look = () => {
          const paint = performance.getEntriesByName('first-contentful-paint')[0];
          if (paint) done({ paint: paint.startTime, came: entry.deliveryType || 'network' });
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await context.close();
  return told;
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = [];
for (const [from, to] of journeys) {
  const pointed = [];
  const straight = [];
  const ways = new Set();
  for (let round = 0; round < 5; round += 1) {
    const told = await go(from, to, true);
    ways.add(told.came);
    pointed.push(told.paint);
    straight.push((await go(from, to, false)).paint);
  }
  all.push(...pointed);
  console.log(
    `${from} → ${to}: pointed at ${middle(pointed).toFixed(0)} ms (${[...ways].join(', ')}), straight ${middle(straight).toFixed(0)} ms`,
  );
}
console.log(`all: median ${middle(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms`);
await browser.close();
proxy.close();
