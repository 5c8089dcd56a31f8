import { join } from 'node:path';

import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';

export { expect };

/** Every kind of page, below the language. */
export const PAGES = [
  '',
  '/indicators',
  '/indicators?topic=users&q=app',
  '/indicators/domestic-market-revenue',
  '/indicators/company-net-profit',
  '/indicators/fx-cny-per-usd?rows=all',
  '/explore',
  '/explore?preset=forecasts',
  '/explore?series=overseas-iap-revenue.overseas.dataeye&kind=bars&mark=program&mark=agreement&find=revenue',
  '/explore?series=domestic-market-revenue.china.iimedia&series=users-micro-drama.china.cnnic&units=index&focus=1',
  '/disagreements?topic=apps',
  '/programs?place=shanghai&instrument=grant',
  '/programs/pudong-10-package',
  '/programs/sh-guide-fund?on=2024-12-31',
  '/programs/compare?place=shanghai-pudong&place=henan&place=shenzhen',
  '/programs/compare?program=pudong-visa&program=sh-nine-visa',
  '/programs/match?place=shanghai-pudong&does=overseas&needs=people',
  '/subsidies',
  '/subsidies/sub-sh-guide-2024',
  '/organizations?kind=company&place=shanghai',
  '/organizations/crazy-maple-studio',
  '/events?kind=agreement',
  '/events/ev-2025-12-05-summit',
  '/places',
  '/places/shanghai-pudong',
  '/search?q=浦东',
  '/sources?kind=government',
  '/sources/yicai-2025-12-08',
  '/about',
  '/data',
  '/data/revisions/1',
  '/api',
  '/indicators/domestic-market-revenue/download?rows=all',
  '/organizations/crazy-maple-studio/download',
  '/events?kind=policy&as_of=1',
];

/** Pages that say something is wrong, with the status they say it with. */
export const WRONG = [
  { path: '/nothing', status: 404 },
  { path: '/programs?on=yesterday', status: 400 },
];

export const LOCALES = ['en', 'zh'];

/** A page on which nothing may go wrong unseen: no console message, no exception, no request to elsewhere. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      page.on('console', (message) => {
        // The browser remarks when what it was told to fetch early is not used within seconds: always with script
        // off, and on a busy machine now and then. That is about time; that the islands wake has tests of its own.
        if (message.text().includes('was preloaded using link preload but not used within a few seconds')) {
          return;
        }
        // The browser itself reports a page that answers 404 or 400; those tests are about just that.
        if (!message.text().startsWith('Failed to load resource: the server responded with a status of 40')) {
          faults.push(`console ${message.type()}: ${message.text()}`);
        }
      });
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
          faults.push(`request to elsewhere: ${request.url()}`);
        }
      });
      page.on('response', (response) => {
        if (response.status() >= 400 && response.request().resourceType() !== 'document') {
          faults.push(`${response.status()}: ${response.url()}`);
        }
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/** Gives a sign of a reader, and waits until the islands answer. */
export async function awake(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  await expect(page.locator('html')).toHaveAttribute('data-awake', '');
}

/** Adds styles to a page, as another font or another setting of the reader would change it. */
export async function restyle(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

const SHIPPED_FONT = join(__dirname, '../../src/charts/fonts/NotoSansSC-subset.otf');

/** Sets the whole page in the font that comes with the site, so that widths do not depend on the machine. */
export async function useShippedFont(page: Page): Promise<void> {
  await page.route('**/shipped.otf', (route) => route.fulfill({ path: SHIPPED_FONT }));
  await page.evaluate(async () => {
    const file = await fetch('/shipped.otf');
    document.fonts.add(await new FontFace('Shipped', await file.arrayBuffer()).load());
  });
  await restyle(page, '* { font-family: Shipped !important; }');
}

/** How far the page is wider than the window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The rules of axe that every page keeps to. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const OPTIONS: axe.RunOptions = { resultTypes: ['violations'], preload: false };

/** What axe finds wrong, each with the elements it is about. Run in the page itself: the pages have no frames to look into. */
export async function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  await page.evaluate(`window.axe || (() => { ${axe.source} })()`);
  const results = await page.evaluate(
    (options) => (window as unknown as { axe: typeof axe }).axe.run(document, options),
    { ...OPTIONS, ...options },
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
}
