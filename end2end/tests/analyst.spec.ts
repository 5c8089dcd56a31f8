// The tasks of an equity analyst, each from the front page.
import type { Page } from '@playwright/test';

import { awake, expect, test } from './helper';

/** Follows a link of the main menu. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto('/en');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
}

/** Opens a ready chart of the explorer. */
async function ready(page: Page, name: string): Promise<void> {
  await open(page, 'Explore');
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link').first().click();
  await expect(page.locator('.explore-table')).toBeVisible();
}

const row = (page: Page, period: string) =>
  page.locator('.explore-table tbody tr').filter({ has: page.getByRole('rowheader', { name: period, exact: true }) });

test('ReelShort against DramaBox: bounds are told from values', async ({ page }) => {
  await ready(page, 'ReelShort against DramaBox');
  await expect(page.locator('h1')).toContainText(/ReelShort .* DramaBox/);
  await expect(page.locator('.explore-chip')).toHaveCount(2);
  // The sign is generated content, so that cells paste as numbers.
  await expect(row(page, 'Sep 2025').locator('[data-sign="≥"]')).toHaveCount(2);
  await expect(row(page, 'Aug 2025').locator('[data-sign="≥"]')).toHaveCount(0);
});

test('growth, compound growth and an index of a market, each with its formula', async ({ page }) => {
  await ready(page, 'Growth of the domestic market');
  for (const [units, formula] of [
    ['percent-year', '− 1) × 100'],
    ['annual-rate', '− 1) × 100'],
    ['index', '× 100'],
  ]) {
    await page.goto(`/en/explore?series=domestic-market-revenue.china.iimedia&units=${units}`);
    const working = page.locator('details').filter({ has: page.locator('summary', { hasText: 'iiMedia' }) }).last();
    await working.locator('summary').click();
    await expect(working, units).toContainText(formula);
    await expect(working.getByRole('link').first()).toBeVisible();
  }
});

test('amounts in yuan, each with its rate and the source of the rate', async ({ page }) => {
  await ready(page, 'Overseas revenue by producer');
  await awake(page);
  await page.getByLabel('Currency', { exact: true }).selectOption('CNY');
  await expect(page).toHaveURL(/currency=CNY/);
  await expect(row(page, '2025')).toContainText(/\d/);
  await page.locator('summary').filter({ hasText: 'Sensor Tower' }).last().click();
  await expect(page.getByText(/CNY per USD|exchange rate/i).first()).toBeVisible();
});

test('policy dates beside the figures', async ({ page }) => {
  await page.goto('/en/explore?series=domestic-market-revenue.china.iimedia');
  await awake(page);
  await page.getByLabel('Policy events').check();
  await expect(page).toHaveURL(/policy/);
  await expect(page.locator('main')).toContainText('Policy');
});

test('how the estimate of 2025 moved, by the day of publication', async ({ page }) => {
  await ready(page, 'Forecasts and outcomes');
  await expect(row(page, '10 Nov 2025')).toContainText('100');
  await expect(page.locator('h1')).toContainText('2025');
});

test('the domestic market against the cinema: changes of scope are listed', async ({ page }) => {
  await ready(page, 'Domestic market and cinema box office');
  const breaks = page.locator('li').filter({ hasText: 'change of scope from 1 Jan 2025' });
  await expect(breaks).toContainText('manju');
  await expect(breaks.getByRole('link')).toBeVisible();
});

test('the profile of a company opens with its latest figures', async ({ page }) => {
  for (const [name, kind] of [
    ['COL Group', 'COL Group'],
    ['Crazy Maple Studio', 'Crazy Maple'],
  ]) {
    await page.goto('/en');
    await page.getByRole('searchbox').first().fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: kind }).and(page.locator('[href^="/en/organizations/"]')).first().click();
    await expect(page.locator('h1')).toContainText(kind);
    await expect(page.locator('main h2').first()).toHaveText('Latest figures');
    await expect(page.getByRole('link', { name: 'Company revenue', exact: true }).first()).toBeVisible();
  }
});

test('which companies grow fastest', async ({ page }) => {
  await open(page, 'Companies');
  await page.getByRole('link', { name: 'Compare them by their latest figures' }).click();
  await page.getByRole('columnheader').getByRole('link', { name: /change/i }).first().click();
  await expect(page).toHaveURL(/sort=-[a-z-]+\.change/);
  const changes = await page.locator('tbody tr td .under').allInnerTexts();
  expect(changes.length).toBeGreaterThan(1);
});

test('a chart is reached and read by the keyboard alone', async ({ page }) => {
  await page.goto('/en/indicators/domestic-market-revenue');
  await awake(page);
  let steps = 0;
  while (steps < 60 && !(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'application'))) {
    await page.keyboard.press('Tab');
    steps += 1;
  }
  expect(steps).toBeLessThan(60);
  await page.keyboard.press('End');
  await expect(page.locator('.readout-card')).toContainText('CNY');
});

test('a state is shared in Chinese, with its period', async ({ page }) => {
  await open(page, 'Explore');
  await page.goto('/en/explore?series=domestic-market-revenue.china.iimedia&units=index&start=2021&end=2023');
  const before = await page.locator('.explore-table tbody tr').count();
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(/\/zh\/explore\?series=.*&units=index&start=2021&end=2023/);
  await expect(page.locator('.explore-table tbody tr')).toHaveCount(before);
  await expect(page.locator('.explore-table tbody')).toContainText('2023');
});

test('values stand beside the marks of bars, tiles and tables', async ({ page }) => {
  for (const path of ['/en/map', '/en/programs/compare', '/en/indicators/cinema-box-office']) {
    await page.goto(path);
    const words = page.locator('.chart svg:visible text');
    expect((await words.allTextContents()).some((text) => /\d/.test(text)), path).toBe(true);
  }
});
