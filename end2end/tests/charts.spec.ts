// Buttons below a chart, and the choice of a period by dragging.
import { awake, expect, test } from './helper';

const MARKET = '/en/indicators/domestic-market-revenue';

test('a chart and its table take turns in one place', async ({ page }) => {
  await page.goto(MARKET);
  const chart = page.locator('#chart');
  await chart.getByRole('button', { name: 'Table', exact: true }).click();
  const table = chart.locator('.chart-table');
  await expect(table).toBeVisible();
  await expect(chart.locator('.chart-drawing')).toBeHidden();
  await expect(table.locator('tbody tr').first()).toContainText('2020');
  await expect(table.locator('tbody tr').first()).toContainText('CNY 940 million');
  await expect(table.locator('tbody a').first()).toHaveAttribute('href', /^\/en\/sources\//);
  await chart.getByRole('button', { name: 'Chart', exact: true }).click();
  await expect(table).toBeHidden();
  await expect(chart.locator('.chart-drawing')).toBeVisible();
});

test('the table is copied for a spreadsheet, and the picture as a PNG', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(MARKET);
  await awake(page);
  const chart = page.locator('#chart');
  await chart.getByRole('button', { name: 'Copy table' }).click();
  await expect(chart.getByRole('status')).toHaveText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const rows = copied.split('\n').map((line) => line.split('\t'));
  expect(rows[0].slice(0, 5)).toEqual(['Period', 'Series', 'Value', 'Upper end', 'Unit']);
  expect(rows.length).toBeGreaterThan(10);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  const first = rows.find((row) => row[0] === '2020')!;
  expect(first.slice(2, 5)).toEqual(['940000000', '', 'CNY']);
  for (const row of rows.slice(1)) {
    expect(Number(row[2]), row.join(' | ')).toBeGreaterThan(0);
    expect(row[7]).toMatch(/^http.*\/en\/sources\//);
  }
  await chart.getByRole('button', { name: 'Copy picture' }).click();
  await expect(chart.getByRole('status')).toHaveText('Copied');
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types)))
    .toContain('image/png');
});

test('the share sheet is offered only where there is one', async ({ page }) => {
  await page.goto(MARKET);
  await awake(page);
  await expect(page.locator('[data-tool=share]').first()).toBeHidden();
  await page.addInitScript(() => {
    const shared: ShareData[] = [];
    Object.assign(window, { shared });
    Object.defineProperty(navigator, 'share', { value: async (data: ShareData) => void shared.push(data) });
  });
  await page.reload();
  await awake(page);
  await page.locator('#chart').getByRole('button', { name: 'Share' }).click();
  const all = () => page.evaluate(() => (window as unknown as { shared: ShareData[] }).shared);
  // The first click fetches the script of the buttons.
  await expect.poll(all).toHaveLength(1);
  const shared = await all();
  expect(shared[0].url).toMatch(/\/en\/indicators\/domestic-market-revenue#chart$/);
  expect(shared[0].title).toBeTruthy();
});

for (const [path, id] of [[MARKET, 'chart'], ['/zh', 'finding-1'], ['/en/events', 'timeline']]) {
  test(`${id} fills the screen with its title`, async ({ page }) => {
    await page.goto(path);
    await awake(page);
    const chart = page.locator(`#${id}`);
    await chart.locator('[data-tool=full]').click();
    await expect.poll(() => page.evaluate(() => document.fullscreenElement?.id)).toBe(id);
    const title = chart.locator(':scope > :first-child');
    const { width, height } = page.viewportSize()!;
    await expect.poll(async () => (await title.boundingBox())!.height).toBeGreaterThan(20);
    const drawing = (await chart.locator('.chart-drawing').boundingBox())!;
    expect(Math.max(drawing.width / width, drawing.height / height)).toBeGreaterThan(0.6);
    await expect(chart.locator('svg text:visible').first()).toBeVisible();
    await page.evaluate(() => document.exitFullscreen());
  });
}

test('a drag across the chart chooses a period', async ({ page }) => {
  const path = '/en/explore?series=domestic-market-revenue.china.iimedia';
  await page.goto(path);
  await awake(page);
  const chart = page.getByRole('application');
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.boundingBox())!;
  const wide = box.width >= 640 ? 'wide' : 'narrow';
  const columns = await page.evaluate((wide) => {
    const template = document.querySelector<HTMLTemplateElement>('#chart template')!;
    return [...template.content.children].map((column) => {
      const { code, ...places } = (column as HTMLElement).dataset;
      return [code!, Number(places[wide]!.split(' ')[0])] as const;
    });
  }, wide);
  const at = (code: string) => box.x + (box.width * columns.find((column) => column[0] === code)![1]) / 1000;
  const y = box.y + box.height / 2;
  await page.mouse.move(at('2021') - 6, y);
  await page.mouse.down();
  await page.mouse.move(at('2023') + 6, y, { steps: 5 });
  await expect(page.locator('.readout-band')).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(`${path}&start=2021&end=2023`);
  await expect(page.locator('#c-start')).toHaveValue('2021');
  await expect(page.locator('.explore-table tbody th').last()).toHaveText('2023');
  await expect(page.locator('[data-pinned]')).toHaveCount(0);
  // A click still keeps the values in view, and Escape gives up a drag.
  const after = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(after.x + after.width / 2, after.y + after.height / 2);
  await expect(page.locator('[data-pinned]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.mouse.move(after.x + 100, after.y + 50);
  await page.mouse.down();
  await page.mouse.move(after.x + 300, after.y + 50, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page).toHaveURL(`${path}&start=2021&end=2023`);
  await page.goBack();
  await expect(page).toHaveURL(path);
});

test('a first press of Tab leads past filters to chart and results', async ({ page }) => {
  await page.goto('/en/events');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the chart' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the results' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/en/events#results');
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.querySelector('#results')!.contains(document.activeElement));
  expect(focused).toBe(true);
});
