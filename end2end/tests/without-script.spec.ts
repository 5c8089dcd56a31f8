// Pages without script: text, tables, drawings, filters and paging all work.
import { expect, LOCALES, overflow, PAGES, test } from './helper';

for (const locale of LOCALES) {
  for (const path of PAGES) {
    test(`/${locale}${path} is complete without script`, async ({ page }) => {
      const response = await page.goto(`/${locale}${path}`);
      expect(response?.status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (path === '' || /^\/(indicators\/[a-z]|organizations\?|events\?|places\/|programs\/[a-z-]+\?place)/.test(path) && !/match|download/.test(path)) {
        await expect(page.locator('.chart svg text').first()).toBeVisible();
      }
      const lists = page.locator(
        ':is(table, .entries, .timeline, .hits, .particulars, .explore-offers, .check-form, .follow-form, .prose ul, #results, .chart svg):visible',
      );
      if (path !== '' && path !== '/about') {
        await expect(lists.first()).toBeVisible();
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  }
}

test('what could do nothing is not shown', async ({ page }) => {
  await page.goto('/en/explore?preset=forecasts');
  await expect(page.locator('button.theme')).toBeHidden();
  for (const part of await page.locator('.explore-by-script, .chart-tools').all()) {
    await expect(part).toBeHidden();
  }
});

test('programmes are narrowed by links and forms alone', async ({ page }) => {
  await page.goto('/en/programs');
  await page.getByRole('navigation', { name: 'Instrument' }).getByRole('link', { name: /^Visa/ }).click();
  await expect(page).toHaveURL('/en/programs?instrument=visa');
  const shown = await page.locator('.programs-list tbody tr').count();
  await expect(page.locator('.result').first()).toContainText(`${shown} programmes`);
  await page.getByRole('checkbox', { name: /Visa processing/ }).check();
  await page.getByRole('checkbox', { name: /Shanghai Nine Measures/ }).check();
  await page.getByRole('button', { name: 'Compare those ticked' }).click();
  await expect(page).toHaveURL(/\/en\/programs\/compare\?program=/);
  await expect(page.locator('.compare-table thead th')).toHaveCount(2);
});

test('a firm finds programmes by a plain form', async ({ page }) => {
  await page.goto('/zh/programs/match');
  await page.getByLabel('企业在哪里？').selectOption('shanghai-pudong');
  await page.getByLabel('签证、许可、人才').check();
  await page.getByRole('button', { name: '查找政策' }).click();
  await expect(page.locator('#fits')).toContainText('海外微短剧从业人员签证办理便利化');
});

test('the search works as a form', async ({ page }) => {
  await page.goto('/en');
  await page.getByRole('searchbox').fill('枫叶');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/\/en\/search\?q=/);
  await expect(page.locator('#organization').getByRole('link', { name: 'Crazy Maple Studio' })).toBeVisible();
});

test('the catalogue is filtered by a plain form', async ({ page }) => {
  await page.goto('/en/indicators');
  await page.getByRole('searchbox', { name: 'Name or definition' }).fill('box office');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL('/en/indicators?q=box+office');
  await expect(page.getByRole('link', { name: 'Cinema box office in China', exact: true })).toBeVisible();
});

test('sources are paged without repeating any', async ({ page }) => {
  await page.goto('/en/sources?language=zh');
  const first = await page.locator('table tbody th a').allTextContents();
  await page.getByRole('link', { name: 'Next page' }).click();
  const second = await page.locator('table tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(second.length).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'First page' }).click();
  expect(await page.locator('table tbody th a').allTextContents()).toEqual(first);
});

test('an explored chart is changed by its form and its links alone', async ({ page }) => {
  await page.goto('/en/explore');
  await page.getByLabel('Add a series').fill('market size iimedia');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: /^Add Domestic micro-drama market size: China/ }).click();
  await expect(page.locator('.explore-chip')).toHaveCount(1);
  await page.getByLabel('Values', { exact: true }).selectOption('percent-year');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/units=percent-year/);
  await expect(page.locator('.explore-table')).toContainText('34.9');
  await page.getByRole('link', { name: 'Period' }).click();
  await expect(page.locator('th[aria-sort="descending"]')).toHaveCount(1);
});

test('on a phone the header is one row, and its menu opens', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/zh/programs');
  const header = await page.locator('header.mast').boundingBox();
  expect(header!.height).toBeLessThan(64);
  const menu = page.getByRole('navigation', { name: '主导航' });
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: '菜单' }).click();
  await menu.getByRole('link', { name: '企业' }).click();
  await expect(page).toHaveURL(/\/zh\/organizations$/);
});
