// The same pages with script off: text, tables, drawings, filters and paging are all there.
import { expect, LOCALES, overflow, PAGES, test } from './helper';

for (const locale of LOCALES) {
  for (const path of PAGES) {
    test(`/${locale}${path} is complete without script`, async ({ page }) => {
      const response = await page.goto(`/${locale}${path}`);
      expect(response?.status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (path === '' || /^\/indicators\/[a-z]/.test(path)) {
        await expect(page.locator('.chart svg text').first()).toBeVisible();
      }
      if (path !== '' && path !== '/about') {
        await expect(page.getByRole('table').first()).toBeVisible();
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  }
}

test('the catalogue is filtered by a plain form', async ({ page }) => {
  await page.goto('/en/indicators');
  await page.getByRole('searchbox').fill('box office');
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
