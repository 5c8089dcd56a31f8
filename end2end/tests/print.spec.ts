// Printed pages: light in any theme, without controls, charts at full width with their summaries.
import { expect, LOCALES, test } from './helper';

// Width of A4 without margins.
test.use({ viewport: { width: 695, height: 1000 }, colorScheme: 'dark' });

const PRINTED = [
  '',
  '/indicators',
  '/indicators/domestic-market-revenue',
  '/indicators/company-net-profit',
  '/explore?preset=forecasts',
  '/disagreements?topic=apps',
  '/programs?place=shanghai',
  '/programs/sh-guide-fund',
  '/programs/compare?program=pudong-visa&program=sh-nine-visa',
  '/programs/compare?place=shanghai-pudong&place=hangzhou&place=south-korea',
  '/programs/match?place=shanghai-pudong&does=overseas',
  '/subsidies',
  '/organizations/crazy-maple-studio',
  '/events?kind=agreement',
  '/places/shanghai-pudong',
  '/search?q=app',
  '/sources?kind=government',
  '/data',
  '/indicators/domestic-market-revenue/download?rows=all',
];

for (const path of PRINTED) {
  test(`${path || '/'} on paper`, async ({ page }) => {
    for (const locale of LOCALES) {
      await page.goto(`/${locale}${path}`);
      await page.evaluate(() => {
        document.documentElement.dataset.theme = 'dark';
      });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const root = page.locator('html');
      await expect(root).toHaveCSS('color-scheme', 'light');
      await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

      const head = page.locator('.print-head');
      await expect(head).toContainText(locale === 'en' ? /published \d+ \w+ \d{4}/ : /\d{4}年\d+月\d+日发布/);
      await expect(head).toContainText(`/${locale}${path.split('?')[0]}`);

      const faults = await page.evaluate(() => {
        const found: string[] = [];
        const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
        const CONTROLS = 'nav, button, input, select, textarea:not([readonly]), .readout, .take';
        for (const control of document.querySelectorAll(CONTROLS)) {
          if (shown(control)) found.push(`printed: ${control.outerHTML.slice(0, 100)}`);
        }
        // Contrast against white, as defined by WCAG.
        const contrast = (color: string) => {
          const [r, g, b] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
            const share = Number(part) / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
        };
        for (const text of document.querySelectorAll('body *')) {
          const style = getComputedStyle(text);
          const isDrawn = text.namespaceURI === 'http://www.w3.org/2000/svg';
          const hasWords = [...text.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim());
          if (!hasWords || !shown(text)) continue;
          const color = isDrawn ? style.fill : style.color;
          if (contrast(color) < 4.5) found.push(`pale (${color}): ${text.textContent!.slice(0, 60)}`);
        }
        for (const chart of document.querySelectorAll('figure.chart')) {
          if (!shown(chart)) continue;
          const { width } = chart.getBoundingClientRect();
          const drawing = chart.querySelector('.chart-drawing')?.getBoundingClientRect().width ?? width;
          if (drawing < width - 1) found.push(`${chart.id}: drawn ${drawing} wide of ${width}`);
          const words = chart.querySelector('.chart-summary > p');
          if (words && !shown(words)) found.push(`${chart.id}: its words are not printed`);
        }
        return found;
      });
      expect(faults, `/${locale}${path}`).toEqual([]);
      const charts = page.locator('figure.chart:visible');
      expect(await charts.count() === 0 || await charts.locator('svg text:visible').count() > 0).toBe(true);
    }
  });
}

test('a tall timeline is printed on one page', async ({ page }) => {
  await page.goto('/en/events?timeline=all');
  await page.emulateMedia({ media: 'print' });
  const box = (await page.locator('#timeline svg:visible').first().boundingBox())!;
  // 190 mm of the 271 mm between the margins of A4, which leaves room for title and source.
  expect(box.height).toBeLessThanOrEqual(719);
});

test('links that lead elsewhere are printed with their address', async ({ page }) => {
  await page.goto('/en/sources/yicai-2025-12-08');
  await page.emulateMedia({ media: 'print' });
  const address = await page.locator('main a[rel=external]').first().evaluate((link) => getComputedStyle(link, '::after').content);
  expect(address).toMatch(/https:\/\//);
});
