// Light and dark mode if the choice was made on another page: before, while, or after this one was loaded.
import { type Page } from '@playwright/test';

import config from '../playwright.config';
import { awake, expect, test } from './helper';

const PAPER = { light: 'rgb(252, 251, 248)', dark: 'rgb(20, 23, 26)' };

// Enables the back/forward cache, which Playwright disables by default.
test.use({
  colorScheme: 'light',
  launchOptions: { ...config.use?.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

async function expectTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  await expect(page.locator('body')).toHaveCSS('background-color', PAPER[theme]);
}

async function switchTheme(page: Page): Promise<void> {
  await awake(page);
  await page.locator('button.theme').click();
}

test('a page that the back button restores has the theme chosen since', async ({ page }) => {
  await page.goto('/en');
  await page.evaluate(() => {
    (window as { left?: boolean }).left = true;
  });
  await page.goto('/zh/about');
  await switchTheme(page);
  await expectTheme(page, 'dark');
  await page.goBack({ waitUntil: 'commit' });
  expect(await page.evaluate(() => (window as { left?: boolean }).left), 'restored, not loaded again').toBe(true);
  await expectTheme(page, 'dark');
  await switchTheme(page);
  await expectTheme(page, 'light');
  await page.goForward({ waitUntil: 'commit' });
  await expectTheme(page, 'light');
});

test('every open tab follows the choice', async ({ page, context }) => {
  const tabs = [await context.newPage(), await context.newPage()];
  await tabs[0].goto('/en/indicators/domestic-market-revenue');
  await tabs[1].goto('/zh/programs');
  await page.goto('/en/about');
  await switchTheme(page);
  for (const tab of [page, ...tabs]) await expectTheme(tab, 'dark');
  await switchTheme(tabs[1]);
  for (const tab of [page, ...tabs]) await expectTheme(tab, 'light');
});

test('a page that was prerendered before the choice has it when it is shown', async ({ page }) => {
  await page.goto('/en/about');
  // Like a prerendered page that missed the event: the choice is in storage, and then the page is shown.
  await page.evaluate(() => {
    localStorage.setItem('theme', 'dark');
    document.dispatchEvent(new Event('prerenderingchange'));
  });
  await expectTheme(page, 'dark');
});

test('what is no theme in storage changes nothing', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('theme', 'purple'));
  await page.goto('/en');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  await expect(page.locator('body')).toHaveCSS('background-color', PAPER.light);
});
