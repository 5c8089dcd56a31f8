// Every kind of page, in both languages, light and dark, on a desktop and on a phone.
import { expect, LOCALES, overflow, PAGES, RULES, test, useShippedFont, violations, WRONG } from './helper';

for (const locale of LOCALES) {
  for (const path of [...PAGES, ...WRONG.map((wrong) => wrong.path)]) {
    test(`/${locale}${path} can be read by everyone`, async ({ page }) => {
      const width = page.viewportSize()?.width ?? 0;
      await page.goto(`/${locale}${path}`);
      expect(await violations(page, { runOnly: RULES, rules: { 'color-contrast': { enabled: false } } })).toEqual([]);
      // The contrast check is slow. Colours are the same in both languages, so each language is checked on one screen size, light and dark.
      if ((locale === 'zh') === width < 400) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } }), colorScheme).toEqual([]);
        }
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (width < 400) {
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await overflow(page), 'at 320 px').toBeLessThanOrEqual(0);
      }
    });
  }
}

for (const { path, status } of WRONG) {
  test(`/en${path} answers ${status}`, async ({ page }) => {
    const response = await page.goto(`/en${path}`);
    expect(response?.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'To the front page' })).toBeVisible();
  });
}

test('words in a chart on a phone are never smaller than 12 px', async ({ page }) => {
  await page.goto('/zh/indicators/domestic-market-revenue');
  const smallest = await page.evaluate(() => {
    const sizes = [...document.querySelectorAll<SVGTextElement>('.chart svg text')]
      .filter((text) => text.getClientRects().length > 0)
      .map((text) => {
        const drawing = text.ownerSVGElement!;
        const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
        return parseFloat(getComputedStyle(text).fontSize) * scale;
      });
    return Math.min(...sizes);
  });
  expect(smallest).toBeGreaterThanOrEqual(12);
  expect(smallest).toBeLessThan(20);
});

for (const path of [
  '',
  '/indicators/domestic-market-revenue',
  '/indicators/app-downloads',
  '/indicators/company-revenue',
  '/programs/sh-guide-fund',
  '/programs/compare',
  '/subsidies',
  '/organizations',
  '/events',
]) {
  test(`words in the charts of ${path || '/'} do not overlap and do not leave them`, async ({ page }) => {
    for (const locale of LOCALES) {
      await page.goto(`/${locale}${path}`);
      await useShippedFont(page);
      const clashes = await page.evaluate(() => {
        const found: string[] = [];
        for (const drawing of document.querySelectorAll('.chart-wide svg, .chart-narrow svg')) {
          const frame = drawing.getBoundingClientRect();
          if (frame.width === 0) continue;
          const texts = [...drawing.querySelectorAll('text')].map((text) => ({
            words: text.textContent,
            box: text.getBoundingClientRect(),
          }));
          for (const [index, { words, box }] of texts.entries()) {
            // The halo around letters belongs to their boxes; it is one pixel wide.
            if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5) found.push(`${words} leaves the drawing`);
            for (const other of texts.slice(index + 1)) {
              const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
              const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
              // Bounding boxes of letters are taller than their glyphs.
              if (across > 1 && down > 5) found.push(`${words} meets ${other.words}`);
            }
          }
        }
        return found;
      });
      expect(clashes, `/${locale}${path}`).toEqual([]);
    }
  });
}
