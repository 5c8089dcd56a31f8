// Long lists and long charts on a phone.
import { expect, LOCALES, PAGES, test, useShippedFont } from './helper';

const PHONE = { width: 360, height: 740 };

/** Height of the page with sixty rows, in pixels of the shipped font. */
const LISTS: [string, number][] = [
  ['/organizations', 6200],
  ['/events', 9000],
  ['/programs', 5300],
  ['/sources', 3700],
];

for (const locale of LOCALES) {
  test(`${locale}: long lists are short on a phone`, async ({ page }) => {
    await page.setViewportSize(PHONE);
    for (const [path, most] of LISTS) {
      await page.goto(`/${locale}${path}`);
      await useShippedFont(page);
      const rows = await page.locator('#results :is(tbody tr, .entries > li, .timeline > li)').count();
      expect(rows, path).toBe(60);
      expect(await page.evaluate(() => document.documentElement.scrollHeight), path).toBeLessThan(most);
    }
  });
}

test('a phone shows every value of every table', async ({ page }) => {
  await page.setViewportSize(PHONE);
  for (const path of PAGES) {
    await page.goto(`/en${path}`);
    const hidden = await page.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true;
      return [...document.querySelectorAll('main td.n[title]')]
        .filter((cell) => cell.textContent?.trim() && !cell.checkVisibility())
        .map((cell) => cell.outerHTML);
    });
    expect(hidden, path).toEqual([]);
  }
});

test('a long chart begins on a phone, and is whole on demand', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/en/events');
  const drawing = page.locator('#timeline .chart-drawing');
  const height = async () => (await drawing.boundingBox())!.height;
  const short = await height();
  expect(short).toBeLessThan(320);
  await page.getByRole('link', { name: 'Show all of it' }).click();
  expect(await height()).toBeGreaterThan(2 * short);
  await expect(page.getByRole('link', { name: 'Show all of it' })).toBeHidden();
  await page.goto('/en/events');
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole('link', { name: 'Show all of it' })).toBeHidden();
  expect(await drawing.evaluate((box) => getComputedStyle(box).maxHeight)).toBe('none');
  await context.close();
});
