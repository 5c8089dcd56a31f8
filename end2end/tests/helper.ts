import { join } from 'node:path';

import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';

export { expect };

/** One path for every kind of page, without the language prefix. */
export const PAGES = [
  '',
  '/indicators',
  '/indicators?topic=users&q=app',
  '/indicators/domestic-market-revenue',
  '/indicators/domestic-market-revenue/history',
  '/indicators/company-net-profit',
  '/indicators/fx-cny-per-usd?rows=all',
  '/explore',
  '/explore?preset=forecasts',
  '/explore?browse=app-iap-revenue',
  '/explore?about=reelshort',
  '/explore?series=overseas-iap-revenue.overseas.dataeye&kind=bars&mark=program&mark=agreement&find=revenue',
  '/explore?series=domestic-market-revenue.china.iimedia&series=users-micro-drama.china.cnnic&units=index&focus=1',
  '/disagreements?topic=apps',
  '/map',
  '/map?by=titles&place=zhengzhou',
  '/programs?place=shanghai&instrument=grant',
  '/programs/pudong-10-package',
  '/programs/sh-guide-fund?on=2024-12-31',
  '/programs/compare?place=shanghai-pudong&place=henan&place=shenzhen',
  '/programs/compare?program=pudong-visa&program=sh-nine-visa',
  '/programs/match?place=shanghai-pudong&does=overseas&needs=people',
  '/subsidies',
  '/subsidies?place=shanghai-pudong&in=USD',
  '/subsidies/sub-sh-guide-2024?in=USD',
  '/organizations?kind=company&place=shanghai',
  '/organizations?since=2025-12',
  '/organizations/crazy-maple-studio',
  '/organizations/dianzhong',
  '/organizations/screen',
  '/organizations/screen?listed=yes&indicator=company-revenue&indicator=company-net-profit&sort=company-revenue.change',
  '/events?kind=agreement',
  '/events?timeline=all',
  '/deals?in=USD',
  '/events/ev-2025-12-05-summit',
  '/places',
  '/places/shanghai-pudong',
  '/search?q=浦东',
  '/check',
  '/follow?page=programs%3Fplace%3Dshanghai-pudong',
  '/report?page=programs',
  '/check?text=2025年前八个月，中国微短剧收入达5亿元。',
  '/sources?kind=government',
  '/sources/yicai-2025-12-08',
  '/brief/place/shanghai-pudong',
  '/brief?item=program:pudong-visa&item=indicator:domestic-market-revenue',
  '/about',
  '/data',
  '/data/revisions/1',
  '/changes',
  '/changes?since=2025-06-01&place=shanghai',
  '/changes?kind=corrected',
  '/api',
  '/indicators/domestic-market-revenue/download?rows=all',
  '/organizations/crazy-maple-studio/download',
  '/events?kind=policy&as_of=1',
  '/sources?known_on=2025-12-05',
];

/** Error pages with the expected status. */
export const WRONG = [
  { path: '/nothing', status: 404 },
  { path: '/programs?on=yesterday', status: 400 },
];

export const LOCALES = ['en', 'zh'];

/** Fixture that fails a test on any console message, exception, failed request, or request to another origin. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      page.on('console', (message) => {
        // The browser warns if a preloaded resource is not used within seconds: always with script off, and sometimes on a busy machine.
        // This concerns timing only; other tests check that the islands hydrate.
        if (message.text().includes('was preloaded using link preload but not used within a few seconds')) {
          return;
        }
        // The browser itself reports pages with status 404 or 400, which some tests request on purpose.
        if (!message.text().startsWith('Failed to load resource: the server responded with a status of 40')) {
          faults.push(`console ${message.type()}: ${message.text()}`);
        }
      });
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
          faults.push(`request to another origin: ${request.url()}`);
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

/** Simulates a first interaction and waits until the islands are hydrated. */
export async function awake(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  await expect(page.locator('html')).toHaveAttribute('data-awake', '');
}

/** Adds styles to a page, to simulate another font or another setting of the reader. */
export async function restyle(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

const SHIPPED_FONT = join(__dirname, '../../src/charts/fonts/NotoSansSC-subset.otf');

/** Applies the shipped font to the whole page, so that widths do not depend on the machine. */
export async function useShippedFont(page: Page): Promise<void> {
  await page.route('**/shipped.otf', (route) => route.fulfill({ path: SHIPPED_FONT }));
  await page.evaluate(async () => {
    const file = await fetch('/shipped.otf');
    document.fonts.add(await new FontFace('Shipped', await file.arrayBuffer()).load());
  });
  await restyle(page, '* { font-family: Shipped !important; }');
}

/** Returns by how many pixels the page is wider than the window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The axe rules that every page must pass. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const OPTIONS: axe.RunOptions = { resultTypes: ['violations'], preload: false };

/** Returns the axe violations with their elements. axe runs in the page itself, because the pages have no frames. */
export async function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  await page.evaluate(`window.axe || (() => { ${axe.source} })()`);
  const results = await page.evaluate(
    (options) => (window as unknown as { axe: typeof axe }).axe.run(document, options),
    { ...OPTIONS, ...options },
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
}
