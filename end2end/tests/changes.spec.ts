// The page of changes, and the strip of the front page that leads to it.
import { awake, expect, overflow, test } from './helper';

for (const { locale, heading, show } of [
  { locale: 'en', heading: 'What changed', show: 'Show' },
  { locale: 'zh', heading: '变更记录', show: '显示' },
]) {
  test(`changes are chosen by time without script, in ${locale}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`/${locale}`);
    await page.locator('.foot').getByRole('link', { name: heading }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    expect(await overflow(page)).toBe(0);
    await page.locator('.facets-box > summary').click();
    await page.locator('#since').fill('2025-11-01');
    await page.locator('.facets').getByRole('button', { name: show }).click();
    expect(new URL(page.url()).search).toBe('?since=2025-11-01');
    await expect(page.locator('#world li').first()).toBeVisible();
    expect(await overflow(page)).toBe(0);
    await context.close();
  });
}

test('a reader who comes back is told of a newer revision', async ({ page }) => {
  const strip = page.locator('#since-visit');
  await page.goto('/en');
  const shown = await page.locator('[data-revision]').getAttribute('data-revision');
  await awake(page);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('revision'))).toBe(shown);
  await expect(strip).toBeHidden();
  // As if an earlier revision had been seen.
  await page.evaluate(() => localStorage.setItem('revision', '0'));
  await page.reload();
  await awake(page);
  await expect(strip).toBeVisible();
  await expect(strip.getByRole('link')).toHaveAttribute('href', '/en/changes?since=0');
  await strip.getByRole('button', { name: 'Dismiss' }).click();
  await expect(strip).toBeHidden();
  expect(await page.evaluate(() => localStorage.getItem('revision'))).toBe(shown);
  await page.goto('/en?as_of=1');
  await expect(page.locator('[data-revision]')).toHaveCount(0);
});

test('without script there is no strip', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('/zh');
  await expect(page.locator('#since-visit')).toBeHidden();
  await context.close();
});
