// Chart readout with keyboard, pointer and touch.
import { awake, expect, test } from './helper';

test('arrow keys walk through the values, and they are said aloud', async ({ page }) => {
  await page.goto('/en/indicators/domestic-market-revenue');
  await awake(page);
  const values = page.getByRole('application');
  await values.focus();
  const said = values.locator('[aria-live]');
  await page.keyboard.press('Home');
  await expect(said).toContainText('2020');
  await expect(said).toContainText('CNY 940 million');
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText('2021');
  await page.keyboard.press('End');
  await expect(said).toContainText('forecast');
  await expect(page.locator('.readout-card')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.readout-card')).toHaveCount(0);
});

test('Enter keeps the values with their sources, and Escape lets go', async ({ page }) => {
  await page.goto('/en/indicators/domestic-market-revenue');
  await awake(page);
  const values = page.getByRole('application');
  await values.focus();
  await page.keyboard.press('End');
  const source = page.locator('.readout-more a').first();
  await expect(source).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(source).toBeVisible();
  await expect(source).toHaveAttribute('href', /^\/en\/sources\//);
  await page.keyboard.press('Tab');
  await expect(source).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.readout-card')).toHaveCount(0);
  await expect(values).toBeFocused();
});

for (const path of ['/zh/indicators/domestic-market-revenue', '/embed/zh/indicators/domestic-market-revenue']) {
  test(`a click keeps the values and another lets go: ${path}`, async ({ page }) => {
    await page.goto(path);
    if (!path.startsWith('/embed')) await awake(page);
    const drawing = page.getByRole('application');
    await drawing.scrollIntoViewIfNeeded();
    const box = (await drawing.boundingBox())!;
    const position = { x: box.width * 0.2, y: box.height * 0.8 };
    await drawing.click({ position });
    await expect(page.locator('.readout-more a').first()).toBeVisible();
    await page.locator('h1').hover();
    await expect(page.locator('.readout-card')).toBeVisible();
    await drawing.click({ position });
    await expect(page.locator('.readout-more a').first()).toBeHidden();
  });
}

test('a pointer or finger on the chart shows the values of that time', async ({ page, isMobile }) => {
  await page.goto('/zh/indicators/domestic-market-revenue');
  await awake(page);
  const drawing = page.getByRole('application');
  await drawing.scrollIntoViewIfNeeded();
  const box = (await drawing.boundingBox())!;
  const [x, y] = [box.x + box.width * 0.45, box.y + box.height * 0.6];
  if (isMobile) await page.touchscreen.tap(x, y);
  else await page.mouse.move(x, y);
  const card = page.locator('.readout-card');
  await expect(card).toBeVisible();
  await expect(card).toContainText('亿元');
  const shown = (await card.boundingBox())!;
  expect(shown.x).toBeGreaterThanOrEqual(0);
  expect(shown.x + shown.width).toBeLessThanOrEqual(page.viewportSize()!.width);
});
