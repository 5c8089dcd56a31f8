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

  /** Follows a link of the front page. */
  async follow(name: string): Promise<void> {
    await this.click(this.page.getByRole('main').getByRole('link', { name, exact: true }));
  }
}

test('all measures of Pudong with status, dates and amount, and those made for micro-dramas', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('浦东新区全部政策');
  const table = page.locator('.programs-list table');
  for (const column of ['支持内容', '公布、施行', '截止', '状态、最近核实']) {
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

test('Pudong against Hangzhou, Beijing, Hengdian and South Korea', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('与其他地区比较');
  await expect(page.locator('.compare-finding')).toContainText('浦东新区');
  const places = page.locator('.compare-numbers thead').getByRole('link');
  await expect(places).toHaveText(['浦东新区', /杭州/, /北京/, /横店/, /韩国/]);
  await expect(page.locator('.compare-numbers tbody')).toContainText('施行中');
  expect(journey.clicks).toBeLessThanOrEqual(3);
});

test('what closes soon', async ({ page }) => {
  const journey = await Journey.start(page);
  await expect(page.getByRole('heading', { name: '90天内截止' })).toBeVisible();
  await journey.follow('全部政策（按截止日期排序）');
  await expect(page).toHaveURL(/sort=closing/);
  await expect(page.getByText(/^90天内截止：/)).toBeVisible();
  expect(journey.clicks).toBe(1);
});

test('who came since December 2025, and what each got', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('各企业获得的公共资金');
  const companies = page.locator('li.entry');
  expect(await companies.count()).toBeGreaterThan(3);
  for (const company of await companies.all()) {
    await expect(company).toContainText('公共资金：');
  }
  expect(journey.clicks).toBe(1);
});

test('what was paid, to whom, under which programme', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('实际发放');
  const first = page.locator('tr.subsidy').first();
  await expect(first).toContainText('1980万元');
  await journey.click(first.getByRole('link', { name: '1980万元' }));
  await expect(page.locator('.particulars')).toContainText('上海');
  expect(journey.clicks).toBeLessThanOrEqual(2);
});

test('one printed page for the director', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('与其他地区比较');
  await useShippedFont(page);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  expect(journey.clicks).toBeLessThanOrEqual(2);
});

test('where the official text of a measure is, or that none is known', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('企业参加国际展会补贴');
  const official = page.locator('.particulars dt', { hasText: '官方原文' }).locator('+ dd');
  await expect(official).toHaveText('暂未查到官方原文。');
  expect(journey.clicks).toBeLessThanOrEqual(2);
  await page.goto('/zh/programs/nrta-order-16');
  await expect(official.getByRole('link')).toHaveAttribute('href', /^https?:/);
});

test('what changed in the data set', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.click(page.getByRole('navigation').getByRole('link', { name: '数据', exact: true }));
  await expect(page.getByRole('main').getByRole('link', { name: /^版本\s*1/ })).toBeVisible();
  expect(journey.clicks).toBe(1);
});

test('where things are: a map', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('地图分布');
  await expect(page.locator('figure svg').first()).toContainText('上海');
  await expect(page.getByRole('main').getByRole('link', { name: /^上海：\d+项$/ }).first()).toBeVisible();
  expect(journey.clicks).toBe(1);
});

test('which programmes fit a firm, and how much each may pay', async ({ page }) => {
  const journey = await Journey.start(page);
  await journey.follow('哪些适合我的企业？');
  await page.getByLabel('企业在哪里？').selectOption('shanghai-pudong');
  await page.getByLabel('制作微短剧').check();
  await page.getByLabel('作品资金').check();
  await page.getByLabel('金额（元）').fill('1500000');
  await journey.click(page.getByRole('button', { name: '查找政策' }));
  const fits = page.locator('#fits tbody tr');
  expect(await fits.count()).toBeGreaterThan(0);
  await expect(fits.first().locator('.tag')).toBeVisible();
  expect(journey.clicks).toBeLessThanOrEqual(3);
});
