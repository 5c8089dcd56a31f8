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
