// Transfer size of a first visit, including script and wasm. The results are printed; docs/measurements.md records them.
import { awake, expect, test } from './helper';

const BUDGET = 100_000;

for (const path of ['/en', '/zh/indicators/domestic-market-revenue']) {
  test(`a first visit to ${path} costs at most ${BUDGET / 1000} kB`, async ({ page, context }) => {
    const browser = await context.newCDPSession(page);
    await browser.send('Network.enable');
    const names = new Map<string, string>();
    const weights = new Map<string, number>();
    browser.on('Network.responseReceived', ({ requestId, response }) => {
      names.set(requestId, new URL(response.url).pathname);
    });
    browser.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      weights.set(requestId, encodedDataLength);
    });
    await page.goto(path);
    await awake(page);
    await page.waitForLoadState('networkidle');
    const rows = [...weights].map(([id, bytes]) => `${String(bytes).padStart(8)}  ${names.get(id) ?? id}`);
    const total = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
    console.log(`${path}\n${rows.join('\n')}\n${String(total).padStart(8)}  in all`);
    expect([...names.values()].some((name) => name.endsWith('.wasm'))).toBe(true);
    expect(total).toBeLessThanOrEqual(BUDGET);
  });
}
