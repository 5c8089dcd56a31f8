// Measures navigation as a reader does it: hover over a link, then click it. A local proxy adds 50 ms in each direction.
// The script drives Chromium over its DevTools pipe, because a client attached directly to each page, as Playwright is, disables prerendering.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const site = new URL(process.env.BASE_URL);
const DELAY = 50;
const ROUNDS = 5;

const journeys = [
  ['/en', '/en/indicators'],
  ['/en/indicators', '/en/indicators/domestic-market-revenue'],
  ['/zh/programs', '/zh/programs/pudong-10-package'],
  ['/en/organizations', '/en/organizations/crazy-maple-studio'],
  ['/zh/events', '/zh/subsidies'],
  ['/en/sources', '/en/data'],
];

const proxy = http.createServer((request, answer) => {
  setTimeout(() => {
    const upstream = http.request({ host: site.hostname, port: site.port, path: request.url, method: request.method, headers: request.headers, agent: false }, (response) => {
      setTimeout(() => {
        answer.writeHead(response.statusCode, response.rawHeaders);
        response.pipe(answer);
      }, DELAY);
    });
    // The browser may have cancelled the request by now.
    upstream.on('error', () => answer.destroy());
    request.pipe(upstream);
  }, DELAY);
});
await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${proxy.address().port}`;

class Browser {
  #pending = new Map();
  #lastId = 0;
  #pages = new Set();

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'observatory-bench-'));
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${this.home}`];
    this.process = spawn(process.env.CHROMIUM || 'chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let rest = '';
    this.process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const messages = (rest + data).split('\0');
      rest = messages.pop();
      messages.map((text) => JSON.parse(text)).forEach((message) => this.#receive(message));
    });
  }

  #receive({ id, method, params, result, error }) {
    if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page') this.#pages.add(params.sessionId);
    if (method === 'Target.detachedFromTarget') {
      this.#pages.delete(params.sessionId);
      // A detached session sends no more results.
      const lost = [...this.#pending.values()].filter((call) => call.session === params.sessionId);
      lost.forEach((call) => call.reject(new Error('the page is gone')));
    }
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    this.#lastId += 1;
    const id = this.#lastId;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, session: sessionId }));
  }

  /** Opens an address in a tab and attaches to the tab, hence to all its pages including prerendered ones. Attaching to a page alone disables prerendering. */
  async open(url) {
    const { targetId } = await this.send('Target.createTarget', { url, forTab: true });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    await this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, sessionId);
  }

  async run(session, expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, session);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until the address is the visible page and has loaded; resolves to its session. */
  async shown(url) {
    const isShown = `document.readyState === 'complete' && !document.prerendering && location.href === ${JSON.stringify(url)}`;
    for (;;) {
      for (const session of this.#pages) {
        // A page that is being unloaded may not answer.
        if (await this.run(session, isShown).catch(() => false)) return session;
      }
      await pause(20);
    }
  }

  mouse(session, type, at, more = {}) {
    return this.send('Input.dispatchMouseEvent', { type, ...at, ...more }, session);
  }

  async close() {
    const exited = new Promise((done) => this.process.once('exit', done));
    await this.send('Browser.close');
    await exited;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Measures the milliseconds from the click to the first contentful paint of the next page, and how that page was delivered. */
async function measure(from, to, hovers) {
  // A new browser each time, with an empty cache.
  const browser = new Browser();
  await browser.open(origin + from);
  const page = await browser.shown(origin + from);
  await pause(500);
  const at = await browser.run(
    page,
    `(() => {
      // The time of the click, on the clock that the next page shares.
      addEventListener('click', (event) => localStorage.setItem('clicked', performance.timeOrigin + event.timeStamp), true);
      const links = [...document.querySelectorAll('a[href="${to}"]')];
      const link = links.find((link) => link.checkVisibility() && link.getBoundingClientRect().width > 0);
      link.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = link.getClientRects()[0];
      return { x: left + Math.min(width / 2, 20), y: top + height / 2 };
    })()`,
  );
  await browser.mouse(page, 'mouseMoved', { x: 1, y: 1 });
  await browser.mouse(page, 'mouseMoved', at);
  if (hovers) await pause(800);
  await browser.mouse(page, 'mousePressed', at, { button: 'left', clickCount: 1 });
  await pause(60);
  // The page may be unloaded before it answers.
  browser.mouse(page, 'mouseReleased', at, { button: 'left', clickCount: 1 }).catch(() => {});
  const next = await browser.shown(origin + to);
  const timing = await browser.run(
    next,
    `new Promise((done) => {
      const [entry] = performance.getEntriesByType('navigation');
      const look = () => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (!paint) return setTimeout(look, 20);
        const painted = performance.timeOrigin + Math.max(paint.startTime, entry.activationStart);
        done({ after: painted - Number(localStorage.getItem('clicked')), delivery: entry.activationStart ? 'prerendered' : entry.deliveryType || 'network' });
      };
      look();
    })`,
  );
  await browser.close();
  return timing;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = [];
for (const [from, to] of journeys) {
  const hovered = [];
  const direct = [];
  const deliveries = new Set();
  for (let round = 0; round < ROUNDS; round += 1) {
    const timing = await measure(from, to, true);
    deliveries.add(timing.delivery);
    hovered.push(timing.after);
    direct.push((await measure(from, to, false)).after);
  }
  all.push(...hovered);
  console.log(
    `${from} → ${to}: hovered first ${median(hovered).toFixed(0)} ms (${[...deliveries].join(', ')}), clicked at once ${median(direct).toFixed(0)} ms`,
  );
}
console.log(`all, hovered first: median ${median(all).toFixed(0)} ms, slowest ${Math.max(...all).toFixed(0)} ms`);
proxy.close();
