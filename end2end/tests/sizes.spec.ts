// Minimum sizes of touch targets and form fields, regardless of the fonts of the machine.
import { type Page } from '@playwright/test';

import { expect, overflow, PAGES, restyle, test, useShippedFont, WRONG } from './helper';

/** Returns targets smaller than 24 px in one direction, except links within a sentence, which WCAG 2.5.8 exempts. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const TARGETS = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
    const isInline = (element: Element) => getComputedStyle(element).display === 'inline';
    const blockOf = (element: Element) => {
      let block = element.parentElement!;
      while (isInline(block)) block = block.parentElement!;
      return block;
    };
    // Whether letters or digits are beside the target in the same block of text.
    const isInSentence = (target: Element) => {
      if (!isInline(target)) return false;
      const block = blockOf(target);
      const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode as Text;
        const parent = text.parentElement!;
        const stands = parent === block || (isInline(parent) && blockOf(parent) === block);
        if (stands && !parent.closest(TARGETS) && /[\p{L}\p{N}]/u.test(text.data)) return true;
      }
      return false;
    };
    const small: string[] = [];
    for (const folded of document.querySelectorAll('details')) folded.open = true;
    for (const target of document.querySelectorAll<HTMLElement>(TARGETS)) {
      if (target.closest('svg, .skip') || !target.checkVisibility({ visibilityProperty: true })) continue;
      const label = target.matches('input') ? target.closest('label') : null;
      const { width, height } = (label ?? target).getBoundingClientRect();
      if (width === 0 || height === 0 || isInSentence(target)) continue;
      // Tolerates a rounding error of half a pixel.
      if (Math.min(width, height) < 23.5) small.push(`${width} × ${height}: ${target.outerHTML.slice(0, 160)}`);
    }
    return small;
  });
}

/** Returns the text size of text fields and drop-down lists: [element, px]. */
async function fieldSizes(page: Page): Promise<[string, number][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('select, textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=range])')].map(
      (field): [string, number] => [field.outerHTML.slice(0, 120), parseFloat(getComputedStyle(field).fontSize)],
    ),
  );
}

for (const path of [...PAGES, ...WRONG.map((wrong) => wrong.path)]) {
  test(`${path || '/'}: targets and fields are large enough with any font`, async ({ page }) => {
    // One language per screen size: sizes depend on the style sheet, not on the text.
    const locale = (page.viewportSize()?.width ?? 0) < 400 ? 'zh' : 'en';
    await page.goto(`/${locale}${path}`);
    expect(await smallTargets(page), 'fonts of this machine').toEqual([]);
    // Line height below that of any font, and a font with different widths.
    await restyle(page, '* { line-height: 0.5 !important; font-family: monospace !important; }');
    expect(await smallTargets(page), 'low lines').toEqual([]);

    // The reader's own text size: small, default, and doubled.
    for (const percent of [75, 100, 200]) {
      await restyle(page, `html { font-size: ${106.25 * (percent / 100)}% !important; }`);
      const fields = await fieldSizes(page);
      expect(fields.length, 'the search field at least').toBeGreaterThan(0);
      const least = Math.max(16, (14.9 * percent) / 100);
      expect(fields.filter(([, size]) => size < least), `${percent} %`).toEqual([]);
      expect(await smallTargets(page), `${percent} %`).toEqual([]);
    }
  });
}

test('fields fit a phone with text of double size', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['', '/search?q=app', '/explore?preset=forecasts', '/programs/match', '/programs/sh-guide-fund', '/indicators']) {
    await page.goto(`/en${path}`);
    await restyle(page, 'html { font-size: 212.5% !important; }');
    for (const field of await page.locator('input:visible, select:visible, textarea:visible').all()) {
      const box = await field.boundingBox();
      expect(box!.x + box!.width, `${path}: ${await field.getAttribute('name')}`).toBeLessThanOrEqual(360);
    }
    expect(await overflow(page), path).toBeLessThanOrEqual(0);
  }
});

/** Mean height of a row of a long list on a phone, in pixels: a few lines, with the name in the first. */
const ROWS: [path: string, most: number][] = [
  ['/en/programs', 110],
  ['/en/organizations', 100],
  ['/en/events', 160],
  ['/en/sources', 80],
  ['/en/indicators', 70],
];

for (const [path, most] of ROWS) {
  test(`${path}: a row takes few lines on a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await useShippedFont(page);
    const rows = page.locator('#results :is(tbody tr, .entries > li, .timeline > li)');
    const heights = await rows.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(20);
    expect(heights.reduce((sum, height) => sum + height, 0) / heights.length).toBeLessThanOrEqual(most);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
}

test('words in a chart grow with the text of the reader', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  const size = () =>
    page.evaluate(() => {
      const texts = [...document.querySelectorAll<SVGTextElement>('.chart svg text')].filter((text) => text.checkVisibility());
      const drawing = texts[0].ownerSVGElement!;
      const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      return parseFloat(getComputedStyle(texts[0]).fontSize) * scale;
    });
  for (const path of ['/indicators/domestic-market-revenue', '/explore?preset=forecasts', '/events']) {
    await page.goto(`/en${path}`);
    const usual = await size();
    await restyle(page, 'html { font-size: 212.5% !important; }');
    expect(await size(), path).toBeGreaterThan(usual * 1.6);
    expect(await overflow(page), path).toBeLessThanOrEqual(0);
  }
});
