import { expect, test } from './helper';

/** What a reader pastes, and the verdict that must be seen. */
const JOURNEYS = [
  {
    locale: 'en',
    field: 'Text to check',
    button: 'Check',
    sentences: [
      ['China’s micro-dramas earned CNY 50 billion in the first eight months of 2025.', 'Matches'],
      ['Chinese micro-dramas earned USD 15 billion overseas in the first eight months of 2025.', 'Unit slip'],
      ['China’s micro-drama market was worth more than CNY 50 billion in 2024.', 'Matches'],
    ],
  },
  {
    locale: 'zh',
    field: '待核对的文字',
    button: '核对',
    sentences: [
      ['2025年前八个月，国内微短剧收入达500亿元。', '相符'],
      ['2025年前八个月，中国微短剧收入达5亿元。', '单位或数量级有误'],
    ],
  },
];

test('a long text is checked without script, and taken away as a file', async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  await page.goto('/zh/check');
  const text = `2025年前八个月，国内微短剧收入达500亿元。${'微短剧是每集数分钟的连续剧。'.repeat(300)}`;
  await page.getByLabel('待核对的文字').fill(text);
  await page.locator('.check-form').getByRole('button', { name: '核对' }).click();
  await expect(page.locator('.claim .verdict').first()).toHaveText('相符');
  expect(new URL(page.url()).search).toBe('');
  await expect(page.getByText('不能作为链接分享')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

for (const { locale, field, button, sentences } of JOURNEYS) {
  test(`a pasted sentence gets its verdict (${locale})`, async ({ page }) => {
    await page.goto(`/${locale}`);
    await page.getByRole('contentinfo').locator(`a[href="/${locale}/check"]`).click();
    for (const [sentence, verdict] of sentences) {
      await page.getByLabel(field).fill(sentence);
      await page.locator('.check-form').getByRole('button', { name: button }).click();
      await expect(page.locator('.claim .verdict').first()).toHaveText(verdict);
      // The result can be linked: its address gives the same again.
      await page.goto(page.url());
      await expect(page.locator('.claim .verdict').first()).toHaveText(verdict);
      await expect(page.locator('.claim .cited').first()).toBeVisible();
    }
  });
}
