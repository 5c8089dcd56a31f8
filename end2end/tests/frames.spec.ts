// Frames in pages of another origin: their height follows their contents, regardless of which side loads last.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test, type Page } from '@playwright/test';

const CHART = '/embed/en/indicators/domestic-market-revenue';
const TABLE = '/embed/en/disagreements?view=table';

let article = '';
const elsewhere = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(article);
});
test.beforeAll(() => new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve)));
test.afterAll(() => void elsewhere.close());

/** Opens a page of another origin with the given body; scripts of the site are delayed by `late` milliseconds. */
async function host(page: Page, body: string, late: { [script: string]: number } = {}) {
  for (const [script, milliseconds] of Object.entries(late)) {
    await page.route(`**/${script}`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await route.continue();
    });
  }
  article = `<!DOCTYPE html><html lang="en"><title>An article</title><style>body{margin:0}</style>${body}`;
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`, { waitUntil: 'commit' });
}

const frame = (site: string, path: string, more = '') =>
  `<iframe src="${site}${path}" title="x" ${more} style="width:100%;height:560px;border:0"></iframe>`;
const script = (site: string) => `<script async src="${site}/embed.js"></script>`;

/** Returns the height of a frame and of its contents. */
async function heights(page: Page, at = 0): Promise<[number, number]> {
  const element = page.locator('iframe').nth(at);
  const within = await element.contentFrame().locator('html').evaluate((root) => root.getBoundingClientRect().height);
  return [await element.evaluate((frame) => frame.clientHeight), Math.ceil(within)];
}

/** Waits until a frame is as tall as its contents, and returns that height. */
async function fitted(page: Page, at = 0): Promise<number> {
  // A frame that is still empty is as tall as its window.
  await page.locator('iframe').nth(at).contentFrame().locator('main').waitFor({ state: 'attached' });
  await expect
    .poll(async () => {
      const [outer, inner] = await heights(page, at);
      return inner > 50 ? outer - inner : 'not there';
    })
    .toBe(0);
  return (await heights(page, at))[0];
}

for (const path of [CHART, TABLE]) {
  test(`a frame shrinks as it grew: ${path}`, async ({ page, baseURL }) => {
    const site = baseURL ?? '';
    await page.setViewportSize({ width: 1000, height: 800 });
    await host(page, frame(site, path) + script(site));
    const wide = await fitted(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await expect.poll(async () => (await heights(page))[0]).not.toBe(wide);
    await fitted(page);
    await page.setViewportSize({ width: 1000, height: 800 });
    await expect.poll(async () => (await heights(page))[0]).toBe(wide);
    expect(await fitted(page)).toBe(wide);
    // The height must become stable.
    const changes = await page.locator('iframe').evaluate(async (element) => {
      let count = 0;
      new MutationObserver(() => (count += 1)).observe(element, { attributes: true });
      await new Promise((resolve) => setTimeout(resolve, 700));
      return count;
    });
    expect(changes).toBe(0);
  });
}

for (const late of ['embed.js', 'embedded.js']) {
  test(`${late} may come last`, async ({ page, baseURL }) => {
    const site = baseURL ?? '';
    await host(page, frame(site, CHART) + frame(site, TABLE) + script(site), { [late]: 1000 });
    expect(await fitted(page, 0)).not.toBe(560);
    await fitted(page, 1);
  });
}

test('frames that come later, are hidden, lazy or in a sandbox are fitted too', async ({ page, baseURL }) => {
  const site = baseURL ?? '';
  const frames =
    script(site) +
    `<div id="tab" style="display:none">${frame(site, CHART)}</div>` +
    frame(site, TABLE, 'sandbox="allow-scripts"') +
    `<div style="height:6000px"></div>${frame(site, TABLE, 'loading="lazy"')}` +
    script(site);
  await host(page, frames);
  await fitted(page, 1);
  await page.locator('#tab').evaluate((tab) => (tab.style.display = ''));
  await fitted(page, 0);
  await page.locator('iframe').nth(2).scrollIntoViewIfNeeded();
  await fitted(page, 2);
  await page.evaluate((html) => document.body.insertAdjacentHTML('afterbegin', html), frame(site, CHART));
  await fitted(page, 0);
});

test('only frames of the site are resized, and by themselves', async ({ page, baseURL }) => {
  const site = baseURL ?? '';
  const foreign = `<iframe title="y" srcdoc="<script>parent.postMessage({'micro-drama-height': 33}, '*')</script>" style="height:200px"></iframe>`;
  const sandboxed = foreign.replace('<iframe', '<iframe sandbox="allow-scripts"');
  await host(page, script(site) + frame(site, CHART) + foreign + sandboxed);
  const height = await fitted(page);
  await page.evaluate(() => {
    for (const value of [33, -1, 0, NaN, Infinity, '44', null, {}]) postMessage({ 'micro-drama-height': value }, '*');
    postMessage(null, '*');
    postMessage('micro-drama-height', '*');
  });
  await page.waitForTimeout(300);
  expect((await heights(page))[0]).toBe(height);
  for (const at of [1, 2]) {
    expect(await page.locator('iframe').nth(at).evaluate((frame) => frame.clientHeight)).toBe(200);
  }
});

test('a frame in WordPress tells its height in the words of WordPress', async ({ page, baseURL }) => {
  const site = baseURL ?? '';
  const listen =
    "<script>heard = []; addEventListener('message', (message) => heard.push(message.data));</script>";
  await host(page, listen + frame(site, `${CHART}#?secret=aB3dE`, 'sandbox="allow-scripts"'));
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { heard: { message?: string; secret?: string; value?: number }[] }).heard
      .some((data) => data.message === 'height' && data.secret === 'aB3dE' && (data.value ?? 0) > 100)))
    .toBe(true);
});
