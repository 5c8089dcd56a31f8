import { defineConfig } from '@playwright/test';

// `./test people` starts the server and says where it is; by hand: `./run`, then `npx playwright test`.
const baseURL = process.env.BASE_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  testDir: './tests',
  forbidOnly: !!process.env.CI,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL,
    locale: 'en-GB',
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      // Nothing of the browser's own may go out: every request is the site's.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 900 } }, testIgnore: /without-script/ },
    {
      name: 'phone',
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
      testMatch: /(every-page|readout|sizes)\.spec/,
    },
    {
      name: 'without script',
      use: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
      testMatch: /without-script\.spec/,
    },
  ],
});
