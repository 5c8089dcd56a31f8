import type { Locator, Page } from '@playwright/test';

import { expect, test, useShippedFont } from './helper';

/** A way from the Chinese front page, with the number of clicks it took. */
class Journey {
  clicks = 0;

  constructor(readonly page: Page) {}

  static async start(page: Page): Promise<Journey> {
    await page.goto('/zh');
    return new Journey(page);
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
}

test('all measures of Pudong, with status, dates and amount, and those for micro-dramas', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.click(page.getByRole('link', { name: '浦东新区全部政策' }));
  const table = page.locator('.programs-list table');
  for (const column of ['支持内容', '公布', '施行期', '截止', '状态、最近核实']) {
    await expect(table.getByRole('columnheader', { name: column, exact: true })).toBeVisible();
  }
  const all = await table.locator('tbody tr').count();
  await journey.click(page.locator('.choices').getByRole('link', { name: /专为微短剧/ }));
  const rows = table.locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(5);
  expect(await rows.count()).toBeLessThan(all);
  for (const row of await rows.all()) {
    await expect(row).toContainText('浦东新区');
  }
  expect(journey.clicks).toBeLessThanOrEqual(2);
});

test('what closes soon', async ({ page }) => {
  const journey = await Journey.start(page);
  await expect(page.getByRole('heading', { name: '90天内截止' })).toBeVisible();
  await journey.click(page.getByRole('link', { name: '全部政策（按截止日期排序）' }));
  await expect(page).toHaveURL(/sort=closing/);
  await expect(page.getByText(/^90天内截止：/)).toBeVisible();
  expect(journey.clicks).toBe(1);
});

test('where the official text of a measure is, or that none is known', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.click(page.getByRole('link', { name: '企业参加国际展会补贴' }));
  const official = page.locator('.particulars dt', { hasText: '官方原文' }).locator('+ dd');
  await expect(official).toHaveText('暂未查到官方原文。');
  await page.goto('/zh/programs/nrta-order-16');
  await expect(official.getByRole('link')).toHaveAttribute('href', /^https?:/);
  expect(journey.clicks).toBeLessThanOrEqual(2);
});
