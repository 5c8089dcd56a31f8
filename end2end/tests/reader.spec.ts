// Reader journeys through the site.
import { awake, expect, test } from './helper';

test('from the front page to a figure, and from the figure to its source', async ({ page }) => {
  await page.goto('/en');
  await page.getByRole('link', { name: 'Market in China' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Domestic micro-drama market size');
  const row = page.getByRole('row').filter({ hasText: 'National Radio and Television Administration' }).first();
  await expect(row).toContainText('at least');
  await row.locator('a[href*="/sources/"]').first().click();
  await expect(page).toHaveURL(/\/en\/sources\//);
  await expect(page.getByText('Title as published')).toBeVisible();
  await expect(page.locator('a[rel=external]')).toHaveAttribute('href', /^https?:\/\//);
});

test('a page as it was known on a day, and back', async ({ page }) => {
  await page.goto('/en/indicators/domestic-market-revenue');
  await page.getByLabel('This page as known on').fill('2025-07-31');
  await page.getByRole('button', { name: 'View that day' }).click();
  await expect(page).toHaveURL('/en/indicators/domestic-market-revenue?known_on=2025-07-31');
  await expect(page.getByRole('note')).toContainText('As known on 31 Jul 2025');
  await expect(page.locator('.finding').first()).toContainText('CNY 50.5 billion in 2024');
  await page.getByRole('link', { name: 'Sources whose day of publication is not known' }).click();
  await expect(page.getByRole('heading', { name: 'Day not known' })).toBeVisible();
  await page.getByRole('link', { name: 'The same page with the newest data' }).click();
  await expect(page).toHaveURL('/en/sources');
});

test('the other language shows the same figures', async ({ page }) => {
  await page.goto('/en/indicators/jobs-total?rows=all');
  const rows = await page.locator('table.figures tbody tr').count();
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL('/zh/indicators/jobs-total?rows=all');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.locator('table.figures tbody tr')).toHaveCount(rows);
  await expect(page.locator('table.figures')).toContainText('133');
});

test('the catalogue is narrowed by topic and text', async ({ page }) => {
  await page.goto('/zh/indicators');
  await page.getByRole('link', { name: /^用户/ }).click();
  await expect(page).toHaveURL('/zh/indicators?topic=users');
  await page.getByRole('searchbox', { name: '名称或定义' }).fill('日活');
  await page.getByRole('searchbox', { name: '名称或定义' }).press('Enter');
  await expect(page).toHaveURL(/topic=users/);
  await page.getByRole('link', { name: '显示全部' }).click();
  await expect(page).toHaveURL('/zh/indicators');
});

test('figures of one producer can be chosen', async ({ page }) => {
  await page.goto('/en/indicators/domestic-market-revenue');
  await page.getByRole('checkbox', { name: /^DataEye/ }).check();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/producer=dataeye/);
  const measured = page.locator('table.figures tbody tr td:nth-of-type(3)');
  expect(new Set(await measured.allTextContents())).toEqual(new Set(['DataEye']));
});

test('the colours are remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/en/about');
  await awake(page);
  await page.locator('button.theme').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('/zh');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('islands sleep until there is a sign of a reader, and what he did first counts', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/en', { waitUntil: 'networkidle' });
  const root = page.locator('html');
  await expect(root).not.toHaveAttribute('data-awake');
  const turn = page.getByRole('button', { name: 'Colours: Light' });
  // Without a preceding pointer or key event, as a screen reader clicks.
  await turn.dispatchEvent('click');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await expect(page.getByRole('button', { name: 'Colours: Dark' })).toBeVisible();
  await page.goto('/en', { waitUntil: 'networkidle' });
  await page.getByRole('searchbox', { name: 'Search this site' }).fill('maple');
  await expect(page.locator('.suggestions').getByRole('link').first()).toBeVisible();
});

test('islands wake in a browser that is never idle', async ({ page }) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto('/en');
  await awake(page);
});

test('the keyboard reaches the contents first', async ({ page }) => {
  await page.goto('/en/sources');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to main content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
});

test('the front page reads in order', async ({ page }) => {
  await page.goto('/en');
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - link /Micro-Drama Observatory/
    - navigation "Main":
      - list:
        - listitem:
          - link "Overview"
        - listitem:
          - link "Indicators"
        - listitem:
          - link "Programmes"
        - listitem:
          - link "Subsidies"
        - listitem:
          - link "Companies"
        - listitem:
          - link "Events"
        - listitem:
          - link "Places"
        - listitem:
          - link "Sources"
  `);
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading /Micro-dramas earned/ [level=1]
    - region "The industry in five figures":
      - heading "Market in China" [level=2]
      - heading "Revenue overseas" [level=2]
      - heading "Cinema box office" [level=2]
      - heading "Viewers" [level=2]
      - heading "Jobs" [level=2]
    - figure /home market/:
      - heading /home market/ [level=2]
    - complementary:
      - heading "What Pudong New Area offers" [level=2]
    - figure "Who offers what":
      - heading "Who offers what" [level=2]
    - complementary:
      - heading "Companies arriving" [level=2]
    - heading "What happened lately" [level=2]
  `);
});
