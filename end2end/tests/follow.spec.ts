import { expect, test } from './helper';

test('an error is reported from the foot of a page, without script', async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  await page.goto('/en/programs?place=shanghai-pudong');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Report an error on this page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report an error');
  await page.getByLabel('Address of a source').fill('https://example.org/report');
  await page.getByLabel('What is wrong').fill('The amount is CNY 5 million, not 50.');
  await page.getByRole('button', { name: 'Prepare the message' }).click();
  const text = page.getByRole('textbox', { name: 'Report' });
  await expect(text).toHaveValue(/\/en\/programs\?place=shanghai-pudong/);
  await expect(text).toHaveValue(/CNY 5 million, not 50/);
  await expect(text).toHaveValue(/https:\/\/example\.org\/report/);
});

test('a publication of a figure leads to a report that names it', async ({ page }) => {
  await page.goto('/zh/indicators/domestic-market-revenue/history?entity=china&period=2024');
  await page.locator('#publications').getByRole('link', { name: '报告错误' }).first().click();
  await expect(page.getByText('所涉数据：')).toBeVisible();
  await expect(page.locator('main code').first()).toContainText('2024年');
});

test('a page names the feeds with its filters', async ({ page }) => {
  await page.goto('/zh/follow?page=programs%3Fplace%3Dshanghai-pudong');
  const feed = page.getByRole('link', { name: 'Atom' });
  await expect(feed).toHaveAttribute('href', /\/zh\/programs\/feed\.atom\?place=shanghai-pudong$/);
  const answer = await page.request.get((await feed.getAttribute('href')) ?? '');
  expect(answer.status()).toBe(200);
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Follow this page');
});
