// Assistants: the official TypeScript client of the Model Context Protocol asks what an assistant would, and every figure equals the API's
// row; the official conformance suite checks the server.

import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { test, expect } from '@playwright/test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const run = promisify(execFile);

type Row = Record<string, unknown>;

const CALLS: [string, Record<string, unknown>][] = [
  ['search', { q: 'DataEye market' }],
  ['search', { q: '浦东 补贴', lang: 'zh' }],
  ['search', { q: '500亿元', lang: 'zh' }],
  ['get_indicator', { id: 'company-revenue' }],
  ['get_indicator', { id: 'domestic-market-revenue', lang: 'zh' }],
  ['get_series', { indicator: ['domestic-market-revenue'], limit: 30 }],
  ['get_series', { indicator: ['domestic-market-revenue'], entity: ['shanghai'] }],
  ['get_series', { indicator: ['domestic-market-revenue'], producer: ['iimedia'], lang: 'zh' }],
  ['get_series', { indicator: ['domestic-market-revenue'], known_on: '2025-12-05' }],
  ['get_series', { indicator: ['domestic-market-revenue'], as_of: '1', rows: 'headline' }],
  ['explore', { preset: 'forecasts', lang: 'zh' }],
  ['list_programs', { place: 'shanghai-pudong', lang: 'zh' }],
  ['list_programs', { instrument: 'grant', limit: 3 }],
  ['compare_places', { place: ['shanghai-pudong', 'beijing'] }],
  ['match_programs', { place: 'shanghai-pudong', does: ['production'] }],
  ['subsidies', { kind: 'budgeted' }],
  ['organization', { id: 'col-group' }],
  ['check_claim', { text: 'Micro-dramas earned more than CNY 50 billion in 2024.' }],
  ['changes', { limit: 5 }],
  ['cite', { page: 'indicators/domestic-market-revenue', lang: 'zh' }],
];

/** Every observation in an answer, wherever it stands. */
function figures(value: unknown): Row[] {
  if (Array.isArray(value)) return value.flatMap(figures);
  if (typeof value !== 'object' || value === null) return [];
  const row = value as Row;
  const own = 'indicator_id' in row && 'source_id' in row && 'quote' in row ? [row] : [];
  return own.concat(Object.values(row).flatMap(figures));
}

test('twenty calls of the TypeScript client give the figures of the API', async ({ request, baseURL }) => {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', baseURL)));
  expect((await client.listTools()).tools).toHaveLength(12);
  let compared = 0;
  for (const [name, args] of CALLS) {
    // The client itself checks the structured content against the announced schema.
    const result = await client.callTool({ name, arguments: args });
    expect(result.isError, `${name} ${JSON.stringify(result.content)}`).toBeFalsy();
    const answer = result.structuredContent as Row;
    expect([answer.as_of, answer.licence, answer.known_on], name).toEqual([1, 'CC BY 4.0', args.known_on]);
    for (const { quote, ...figure } of figures(answer)) {
      expect(quote).toBeTruthy();
      const query = new URLSearchParams({
        indicator: String(figure.indicator_id),
        entity: String(figure.entity_id),
        source: String(figure.source_id),
      });
      for (const time of ['lang', 'as_of', 'known_on']) if (args[time]) query.set(time, String(args[time]));
      const { data } = await (await request.get(`/api/v1/observations?${query}`)).json();
      const rows = (data as Row[]).map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)));
      expect(rows, name).toContainEqual(figure);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(40);
  const wrong = await client.callTool({ name: 'get_series', arguments: { indicator: ['nothing'] } });
  expect(wrong.isError).toBe(true);
  await client.close();
});

// Left out: logging-set-level, completion-complete, resources-subscribe, resources-unsubscribe and server-sse-* (sessions and resumable
// streams), which the server does not announce; the scenarios that need the tools, prompts and resources of a test server of the suite
// (tools-call-*, json-schema-2020-12, elicitation-*, prompts-get-*, resources-read-*, resources-templates-read); and dns-rebinding-protection, which expects a server on this
// computer alone: ours is public, has nothing that a site could not ask for itself, and refuses other origins than its own.
const SCENARIOS = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
];

for (const scenario of SCENARIOS) {
  test(`the server conforms: ${scenario}`, async ({ baseURL }) => {
    const suite = dirname(require.resolve('@modelcontextprotocol/conformance/package.json'));
    const options = ['server', '--url', `${baseURL}/mcp`, '--scenario', scenario];
    // It ends with an error if a check fails. Results are written where it runs.
    const { stdout } = await run(process.execPath, [join(suite, 'dist/index.js'), ...options], { cwd: tmpdir() });
    expect(stdout).toContain('0 failed');
  });
}
