// Download journey of a journalist: export a figure in a usable format, and embed it in another page.
import { readFile } from 'node:fs/promises';

import { expect, test, violations } from './helper';

test('a reader takes away what he sees', async ({ page }) => {
  await page.goto('/en/subsidies?kind=paid');
  await page.getByRole('link', { name: 'Download, cite, embed' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Download, cite, embed: Subsidies');
  const row = page.getByRole('row', { name: /^CSV/ }).first();
  const rows = Number(await row.getByRole('cell').first().textContent());
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link').click()]);
  expect(download.suggestedFilename()).toMatch(/^micro-drama-subsidies-r\d+\.csv$/);
  const text = (await readFile(await download.path())).toString('utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text.trimEnd().split('\r\n').length - 1).toBe(rows);
  expect(text.split('\r\n').slice(1, -1).every((line) => line.includes(',paid,'))).toBe(true);
});

test('the unchanging link says what it is and leads to the newest', async ({ page }) => {
  await page.goto('/zh/indicators/domestic-market-revenue/download');
  const link = page.locator('#links').getByRole('link').first();
  await expect(link).toHaveText(/as_of=\d+$/);
  await link.click();
  await expect(page.getByRole('note')).toContainText('固定显示数据版本');
  await page.getByRole('note').getByRole('link').click();
  await expect(page.getByRole('note')).toHaveCount(0);
  expect(new URL(page.url()).search).toBe('');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`what is embedded is readable, ${scheme}`, async ({ page }) => {
    for (const path of ['/embed/en/indicators/domestic-market-revenue', '/embed/zh/subsidies?kind=paid']) {
      await page.setViewportSize({ width: 360, height: 600 });
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${scheme}`);
      expect(await violations(page, {})).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider).toBeLessThanOrEqual(0);
    }
  });
}

test('a frame in another page takes the height of its contents', async ({ page, baseURL }) => {
  const article =
    '<!DOCTYPE html><html lang="en"><title>An article</title>' +
    `<iframe title="x" src="${baseURL}/embed/en/indicators/domestic-market-revenue" style="width:700px;height:120px;border:0"></iframe>` +
    `<script async src="${baseURL}/embed.js"></script>`;
  await page.route('**/article', (route) => route.fulfill({ contentType: 'text/html', body: article }));
  await page.goto('/article');
  await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height ?? 0).toBeGreaterThan(300);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading')).toContainText('Domestic micro-drama market size');
  await page.locator('iframe').evaluate((element) => (element.style.width = '360px'));
  const tall = await page.locator('iframe').evaluate((element) => element.clientHeight);
  expect(tall).toBeGreaterThan(300);
});
