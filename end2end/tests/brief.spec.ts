// Briefs on paper: one A4 page each in Chromium, two where the reader asks; and what a reader collects with script.
import { type Page } from '@playwright/test';

import { expect, LOCALES, overflow, test } from './helper';

const BRIEFS = [
  '/brief/place/shanghai-pudong',
  '/brief/place/hangzhou',
  '/brief/place/south-korea',
  '/brief/place/china',
  '/brief/program/pudong-10-package',
  '/brief/program/sh-guide-fund',
  '/brief/organization/crazy-maple-studio',
  '/brief/indicator/domestic-market-revenue',
  '/brief/indicator/app-downloads',
  '/brief?item=program:pudong-visa&item=indicator:domestic-market-revenue&item=explore:preset%3Dforecasts&item=place:hangzhou',
];

/** Number of pages of the printed page. */
async function pages(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}

for (const path of BRIEFS) {
  test(`${path} is one printed page`, async ({ page }) => {
    for (const locale of LOCALES) {
      await page.goto(`/${locale}${path}`);
      expect(await pages(page), locale).toBe(1);
    }
  });
}

test('a brief of two pages fills two', async ({ page }) => {
  await page.goto('/en/brief/place/shanghai-pudong?pages=2');
  expect(await pages(page)).toBe(2);
});

test('a brief is read on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const locale of LOCALES) {
    await page.goto(`/${locale}/brief/place/shanghai-pudong`);
    expect(await overflow(page), locale).toBeLessThanOrEqual(0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.brief-sheet :is(p, td, th, li, span)')].filter(
        (text) => text.checkVisibility() && parseFloat(getComputedStyle(text).fontSize) < 11.5,
      ).length,
    );
    expect(small, 'texts smaller than 11.5 px').toBe(0);
  }
});

test('a reader collects things, and the footer counts them', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/en/programs/pudong-visa');
  const yours = page.locator('[data-brief]');
  await expect(yours).toBeHidden();
  await page.getByRole('link', { name: 'Add to a brief' }).click();
  await expect(page.getByRole('link', { name: 'In your brief (1)' })).toBeVisible();
  await page.goto('/en/indicators/domestic-market-revenue');
  await expect(yours).toHaveText('Your brief (1)');
  await page.getByRole('link', { name: 'Add to a brief' }).click();
  await expect(yours).toHaveText('Your brief (2)');
  await yours.click();
  await expect(page.locator('.brief-items li')).toHaveCount(2);
  await page.locator('.brief-items summary').click();
  await page.getByRole('link', { name: /^Remove/ }).first().click();
  await expect(page.locator('.brief-items li')).toHaveCount(1);
  await expect(yours).toHaveText('Your brief (1)');
});
