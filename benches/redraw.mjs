// Measures a redraw of the explore page in place: from a change in its form to the frame that shows the new chart.

import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../end2end/package.json', import.meta.url))('@playwright/test');

const STATE =
  '/en/explore?series=domestic-market-revenue.china.iimedia&series=domestic-market-revenue.china.dataeye&series=cinema-box-office.china.china-film-administration';
const CHANGES = [
  ['#c-units', 'percent-change'],
  ['#c-units', 'index'],
  ['#c-units', ''],
  ['#c-kind', 'bars'],
  ['#c-kind', 'panels'],
  ['#c-kind', ''],
];
const ROUNDS = 10;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const took = [];
for (let round = 0; round < ROUNDS; round += 1) {
  // A parameter of each round's own, so that no answer comes from a cache.
  await page.goto(`${process.env.BASE_URL}${STATE}&find=round${round}`);
  await page.mouse.move(200, 200);
  await page.waitForFunction(() => document.querySelector('.explore-form') && performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('.wasm')));
  await page.waitForTimeout(300);
  for (const [select, value] of CHANGES) {
    took.push(
      await page.evaluate(
        ([select, value]) =>
          new Promise((done) => {
            const before = document.querySelector('.explore-form').dataset.address;
            const field = document.querySelector(select);
            const start = performance.now();
            const check = () => {
              const form = document.querySelector('.explore-form');
              if (form && form.dataset.address !== before) requestAnimationFrame(() => done(performance.now() - start));
              else requestAnimationFrame(check);
            };
            field.value = value;
            field.dispatchEvent(new Event('change', { bubbles: true }));
            check();
          }),
        [select, value],
      ),
    );
  }
}
await browser.close();
took.sort((a, b) => a - b);
const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1);
console.log(`${took.length} redraws: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${took.at(-1).toFixed(1)} ms`);
