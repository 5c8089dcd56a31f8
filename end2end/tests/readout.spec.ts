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
