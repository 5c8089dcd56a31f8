// From one page to the next as a reader goes: pointing at a link, then clicking it. A proxy of our own puts 50 ms on each way.
// Chromium is spoken to over its own pipe: whatever attaches itself to every page keeps it from rendering the next one ahead.

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
    const asked = http.request({ host: site.hostname, port: site.port, path: request.url, method: request.method, headers: request.headers, agent: false }, (got) => {
      setTimeout(() => {
        answer.writeHead(got.statusCode, got.rawHeaders);
        got.pipe(answer);
      }, DELAY);
    });
    // The browser has gone on meanwhile.
    asked.on('error', () => answer.destroy());
    request.pipe(asked);
  }, DELAY);
});
await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${proxy.address().port}`;

class Browser {
  #answers = new Map();
  #last = 0;
  #pages = new Set();

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'observatory-bench-'));
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${this.home}`];
    this.process = spawn(process.env.CHROMIUM || 'chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let rest = '';
    this.process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const messages = (rest + data).split('\0');
      rest = messages.pop();
      messages.map((text) => JSON.parse(text)).forEach((message) => this.#hear(message));
    });
  }

  #hear({ id, method, params, result, error }) {
    if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page') this.#pages.add(params.sessionId);
    if (method === 'Target.detachedFromTarget') {
      this.#pages.delete(params.sessionId);
      // It answers nothing any more.
      const lost = [...this.#answers.values()].filter((answer) => answer.session === params.sessionId);
      lost.forEach((answer) => answer.reject(new Error('the page is gone')));
    }
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    this.#last += 1;
    const id = this.#last;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject, session: sessionId }));
  }

  /** Opens an address in a tab. All pages of it are listened to, also what is rendered ahead: one that is attached to alone renders nothing ahead. */
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

  /** The page that a reader sees, once it is all there. */
  async shown(url) {
    const there = `document.readyState === 'complete' && !document.prerendering && location.href === ${JSON.stringify(url)}`;
    for (;;) {
      for (const session of this.#pages) {
        // One that is just being left answers nothing.
        if (await this.run(session, there).catch(() => false)) return session;
      }
      await pause(20);
    }
  }

  mouse(session, type, at, more = {}) {
    return this.send('Input.dispatchMouseEvent', { type, ...at, ...more }, session);
  }

  async close() {
    const gone = new Promise((done) => this.process.once('exit', done));
    await this.send('Browser.close');
    await gone;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Milliseconds from the click to the first contents of the next page, and how that came. */
async function go(from, to, points) {
  // Each time a reader who has nothing yet.
  const browser = new Browser();
  await browser.open(origin + from);
  const page = await browser.shown(origin + from);
  await pause(500);
  const at = await browser.run(
    page,
    `(() => {
      // The moment of the click, on a clock that the next page has too.
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
  if (points) await pause(800);
  await browser.mouse(page, 'mousePressed', at, { button: 'left', clickCount: 1 });
  await pause(60);
  // The page may be gone before it answers.
  browser.mouse(page, 'mouseReleased', at, { button: 'left', clickCount: 1 }).catch(() => {});
  const next = await browser.shown(origin + to);
  const told = await browser.run(
    next,
    `new Promise((done) => {
      const [entry] = performance.getEntriesByType('navigation');
      const look = () => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (!paint) return setTimeout(look, 20);
        const painted = performance.timeOrigin + Math.max(paint.startTime, entry.activationStart);
        done({ after: painted - Number(localStorage.getItem('clicked')), came: entry.activationStart ? 'rendered ahead' : entry.deliveryType || 'network' });
      };
      look();
    })`,
  );
  await browser.close();
  return told;
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = [];
for (const [from, to] of journeys) {
  const pointed = [];
  const straight = [];
  const ways = new Set();
  for (let round = 0; round < ROUNDS; round += 1) {
    const told = await go(from, to, true);
    ways.add(told.came);
    pointed.push(told.after);
    straight.push((await go(from, to, false)).after);
  }
  all.push(...pointed);
  console.log(
    `${from} → ${to}: pointed at ${middle(pointed).toFixed(0)} ms (${[...ways].join(', ')}), straight ${middle(straight).toFixed(0)} ms`,
  );
}
console.log(`all: median ${middle(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms`);
proxy.close();
