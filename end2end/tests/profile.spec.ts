// The profiles of organizations are short enough to be read.
import { expect, LOCALES, test } from './helper';

test('the longest profiles are below 6,000 pixels', async ({ page, request }) => {
  const list = await (await request.get('/en/organizations/data.csv?bom=0&header=names')).text();
  const ids = list.split('\n').slice(1).map((row) => row.split(',')[0]).filter((id) => /^[a-z0-9-]+$/.test(id));
  expect(ids.length).toBeGreaterThan(100);
  // A long page has much to say: the tallest is among those with the longest documents.
  const sizes: { id: string; size: number }[] = [];
  for (const id of ids) {
    sizes.push({ id, size: (await (await request.get(`/en/organizations/${id}`)).text()).length });
  }
  sizes.sort((a, b) => b.size - a.size);
  for (const { id } of sizes.slice(0, 8)) {
    for (const locale of LOCALES) {
      await page.goto(`/${locale}/organizations/${id}`);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(height, `/${locale}/organizations/${id}`).toBeLessThan(6000);
    }
  }
});
