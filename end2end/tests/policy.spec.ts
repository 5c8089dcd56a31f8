// Journey of a public official: facts found from the front page by a first-time visitor.
import { awake, expect, test, useShippedFont } from './helper';

const MEASURES = [
  'Subsidies for original works promoting traditional Chinese culture',
  'Rewards for works that win national awards',
  'Financial incentives for IP adaptations',
  'Visa processing facilitation for overseas micro-drama staff',
  'Work permit facilitation for overseas micro-drama staff',
  'Salary settlement facilitation for overseas micro-drama staff',
  'Subsidies for companies joining international expos',
  'Innovative financing for supply-chain enterprises',
];

test('the eight named measures of Pudong', async ({ page }) => {
  for (const measure of MEASURES) {
    await page.goto('/en');
    await page.getByRole('link', { name: measure }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(measure);
    const facts = page.locator('.particulars');
    await expect(facts).toContainText('5 Dec 2025');
    await expect(facts.getByRole('link', { name: 'original' })).toHaveAttribute('href', /^https?:/);
  }
});

test('the package says that only some of its ten measures are known', async ({ page }) => {
  await page.goto('/en');
  await page.getByRole('link', { name: /Pudong package of 10/ }).first().click();
  await expect(page.locator('#measures tbody tr')).toHaveCount(MEASURES.length);
  await expect(page.locator('.caveat')).toContainText('names only some');
});

test('the four signings, with date and status', async ({ page }) => {
  for (const company of ['Crazy Maple Studio', 'Dianzhong Technology', 'Jiuzhou Culture (Kyushu Culture)', 'Malt Media (Maiya)']) {
    await page.goto('/en');
    await page.locator('.home-arriving').getByRole('link', { name: company }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(company);
    const status = page.locator('.particulars dd').first();
    await expect(status).toContainText('Signed for an overseas headquarters');
    await expect(status).toContainText('5 Dec 2025');
    await expect(status).toContainText('Whether that has opened is not known');
  }
});

test('Shanghai’s fund, and what was paid of it in 2024', async ({ page }) => {
  await page.goto('/en');
  await page.getByRole('link', { name: 'What was paid' }).click();
  const paid = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'CNY 19.8 million' }) });
  await expect(paid).toContainText('paid');
  await page.locator('.subsidies .group').getByRole('link', { name: /guidance fund/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('guidance fund');
  await expect(page.locator('.program-facts')).toContainText('fund pool of CNY 50 million');
  await page.locator('#money').getByRole('link', { name: 'CNY 19.8 million' }).click();
  await expect(page.locator('.particulars')).toContainText('reported as paid out');
});

test('上海拨付了什么、给谁、依据哪项政策：两次点击', async ({ page }) => {
  await page.goto('/zh');
  await page.getByRole('link', { name: '实际发放' }).click();
  await expect(page.locator('.headline-figure').nth(1)).toContainText('1980万元');
  const paid = page.locator('tr.subsidy').first();
  await expect(paid).toContainText('已拨付');
  await expect(paid).toContainText('28');
  await expect(page.locator('.subsidies .group').first()).toHaveText('上海网络微短剧产业引导经费');
  await paid.getByRole('link', { name: '1980万元' }).click();
  await expect(page.locator('.particulars')).toContainText('19,800,000元');
});

test('2025年12月以来谁来了、各获得什么：一次点击', async ({ page }) => {
  await page.goto('/zh');
  await page.locator('.home-side').getByRole('link', { name: '各企业获得的公共资金' }).click();
  await expect(page.locator('li.entry')).toHaveCount(4);
  for (const entry of await page.locator('li.entry').all()) {
    await expect(entry).toContainText('2025年12月5日');
    await expect(entry).toContainText('公共资金：暂未查到');
  }
});

test('a programme of each of five other places', async ({ page }) => {
  for (const place of ['Henan', 'Hunan', 'Shenzhen', 'Chongqing', 'Shandong']) {
    await page.goto('/en');
    await page.getByRole('link', { name: 'Compare other places' }).click();
    await page.locator('.compare-every-place').getByRole('link', { name: place, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(place);
    await page.locator('#programs tbody th').getByRole('link').first().click();
    await expect(page.locator('.particulars')).toContainText(place);
  }
});

test('suggestions come while typing, and keys choose among them', async ({ page }) => {
  await page.goto('/en');
  await awake(page);
  const field = page.getByRole('searchbox', { name: 'Search this site' });
  await field.pressSequentially('枫叶', { delay: 30 });
  const list = page.locator('.suggestions');
  await expect(list.getByRole('link').first()).toBeVisible();
  await expect(page.locator('.suggest [aria-live]')).toContainText('suggestions');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('link').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list.getByRole('link')).toHaveCount(0);
  await field.press('Enter');
  await expect(page).toHaveURL(/\/en\/search/);
});

test('six places are compared on one printed page, and on phones by instrument', async ({ page }) => {
  await page.goto('/en/programs/compare?place=shanghai-pudong&place=hangzhou&place=beijing&place=dongyang-hengdian&place=south-korea&place=shanghai');
  await useShippedFont(page);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.locator('.compare-numbers')).toBeHidden();
  await page.locator('.compare-instrument summary').first().click();
  await expect(page.locator('.compare-instrument').first().getByRole('link', { name: /in force|announced/ }).first()).toBeVisible();
});

test('a comparison is printed on one page', async ({ page }) => {
  await page.goto('/en/programs/compare?program=pudong-visa&program=sh-nine-visa&program=sh-guide-fund');
  await useShippedFont(page);
  const pdf = await page.pdf({ format: 'A4', landscape: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});
