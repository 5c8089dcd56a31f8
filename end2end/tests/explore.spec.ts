// Explore page with script: the page updates in place, and every state has an address.
import { awake, expect, test } from './helper';
import type { Page } from '@playwright/test';

const MARKET = '/en/explore?series=domestic-market-revenue.china.iimedia';

/** Returns the numbers of the table, row by row. */
const numbers = (page: Page) => page.locator('.explore-table tbody tr').allInnerTexts();

/** Marks the document, so that a reload can be detected. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-same', ''));
const isSame = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-same'));

test('a change redraws in place, has its address, and the way back works', async ({ page, browser, baseURL }) => {
  await page.goto(MARKET);
  await awake(page);
  await mark(page);
  const before = await numbers(page);
  await page.getByLabel('Values', { exact: true }).selectOption('percent-year');
  await expect(page).toHaveURL(`${MARKET}&units=percent-year`);
  await expect(page.locator('.explore-table')).toContainText('34.9');
  await page.getByLabel('Chart', { exact: true }).focus();
  await page.getByLabel('Chart', { exact: true }).selectOption('bars');
  await expect(page).toHaveURL(`${MARKET}&units=percent-year&kind=bars`);
  await expect(page.locator('h1')).toContainText('% from a year ago');
  await expect(page).toHaveTitle(/% from a year ago/);
  const after = await numbers(page);
  expect(await isSame(page), 'the page was not reloaded').toBe(true);
  // The focus stays on the control that the reader used.
  await expect(page.getByLabel('Chart', { exact: true })).toBeFocused();

  const fresh = await (await browser.newContext({ baseURL })).newPage();
  await fresh.goto(page.url());
  expect(await numbers(fresh)).toEqual(after);
  await fresh.context().close();
  const plain = await (await browser.newContext({ baseURL, javaScriptEnabled: false })).newPage();
  await plain.goto(page.url());
  expect(await numbers(plain)).toEqual(after);
  await plain.context().close();

  await page.goBack();
  await expect(page).toHaveURL(`${MARKET}&units=percent-year`);
  await page.goBack();
  await expect(page).toHaveURL(MARKET);
  await expect.poll(() => numbers(page)).toEqual(before);
  await page.goForward();
  await expect(page.locator('.explore-table')).toContainText('34.9');
  expect(await isSame(page)).toBe(true);

  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(/\/zh\/explore\?series=.*&units=percent-year/);
  await expect(page.locator('.explore-table')).toContainText('34.9');
});

test('series are found, added, set apart and removed by the keyboard alone', async ({ page }) => {
  await page.goto(MARKET);
  await awake(page);
  await mark(page);
  await page.getByLabel('Add a series').focus();
  await page.keyboard.type('box office film administration');
  await page.keyboard.press('Enter');
  const add = page.getByRole('link', { name: /^Add Cinema box office in China: / });
  await expect(add).toBeVisible();
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.explore-chip')).toHaveCount(2);
  await page.getByRole('link', { name: /^Let it stand out: Cinema/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/focus=2/);
  await expect(page.locator('.explore-chip-focus')).toContainText('Cinema');
  await page.getByRole('link', { name: /^Move up: Cinema/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.explore-chip').first()).toContainText('Cinema');
  // The series keeps its colour.
  await expect(page.locator('.explore-chip').first().locator('.swatch')).toHaveClass(/series-2/);
  await page.getByRole('link', { name: /^Remove: Domestic/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.explore-chip')).toHaveCount(1);
  await expect(page.locator('.explore-chip .swatch')).toHaveClass(/series-2/);
  expect(await isSame(page)).toBe(true);
});

test('the stretch of time is dragged, or moved by arrow keys', async ({ page }) => {
  await page.goto(MARKET);
  await awake(page);
  const slider = page.getByRole('slider', { name: 'From' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(`${MARKET}&start=2021`);
  await expect(page.locator('#c-start')).toHaveValue('2021');
  await expect(slider).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(`${MARKET}&start=2022`);
  await expect(page.locator('.explore-table tbody th').first()).toHaveText('2022');
  await page.keyboard.press('Home');
  await expect(page).toHaveURL(MARKET);
  await page.locator('#c-end').fill('2024');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${MARKET}&end=2024`);
  await expect(page.locator('.explore-table tbody th').last()).toHaveText('2024');
});

test('the values under the arrow keys are those of the redrawn chart', async ({ page }) => {
  await page.goto(MARKET);
  await awake(page);
  await page.getByLabel('Values', { exact: true }).selectOption('index');
  await expect(page).toHaveURL(/units=index/);
  const values = page.getByRole('application');
  await values.focus();
  await page.keyboard.press('Home');
  await expect(values.locator('[aria-live]')).toContainText('2020');
  await expect(values.locator('[aria-live]')).toContainText('100');
  await page.keyboard.press('End');
  await expect(values.locator('[aria-live]')).toContainText('forecast');
});

test('a number leads to its working, and the working to the source', async ({ page }) => {
  await page.goto(`${MARKET}&currency=USD`);
  await awake(page);
  await page.locator('.explore-table td a', { hasText: /^5\.28$/ }).click();
  await expect(page).toHaveURL(/#w1-2023$/);
  const working = page.locator('#w1-2023 + dd');
  await expect(working).toBeVisible();
  await expect(working).toContainText('37,390,000,000 CNY ÷ 7.0809');
  await expect(working.locator('a[href*="/sources/"]')).toHaveCount(2);
});

test('what is copied from the table is numbers', async ({ page }) => {
  await page.goto(MARKET);
  await awake(page);
  const copied = await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.explore-table tbody')!);
    const selection = getSelection()!;
    selection.removeAllRanges();
    selection.addRange(range);
    return selection.toString();
  });
  expect(copied).toContain('2024\t50.44');
  expect(copied).not.toContain('forecast');
});
