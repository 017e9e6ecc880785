import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, readRecords } from '../../scripts/servers/process-table.ts';
import { removeSlurm } from '../../scripts/servers/slurm.ts';
import { processesOf } from '../support/npm-start.ts';
import { startProduct, type RunningProduct } from '../support/product.ts';
import { waitFor } from '../support/wait.ts';

jest.setTimeout(300_000);
let product: RunningProduct;
let clusters: string | undefined;

beforeAll(async () => {
  product = await startProduct();
  const link = join(product.stateDirectory, 'slurm');
  clusters = existsSync(link) ? realpathSync(link) : undefined;
}, 300_000);
afterAll(async () => {
  if (clusters) await removeSlurm(product.stateDirectory);
  rmSync(product.stateDirectory, { recursive: true, force: true });
});

const processes = (): string[] =>
  [product.stateDirectory, ...(clusters ? [clusters] : [])].flatMap((directory) => processesOf(directory));

test('site, api and sandbox answer', async () => {
  for (const path of ['/', '/healthz', '/readyz']) {
    expect([path, (await fetch(`${product.site}${path}`)).status]).toEqual([path, 200]);
  }
  expect((await fetch(`${product.sandbox}/healthz`)).status).toBe(200);
});

test('nothing listens beyond this machine', () => {
  const listening = spawnSync('ss', ['-Hltnp'], { encoding: 'utf8' }).stdout.split('\n');
  const ours = new Set(readRecords(join(product.stateDirectory, 'run')).map(({ pid }) => String(pid)));
  const mine = listening.filter((line) =>
    [...line.matchAll(/pid=(\d+)/g)].some((match) => ours.has(match[1]!)),
  );
  expect(mine.length).toBeGreaterThanOrEqual(3);
  expect(mine.filter((line) => !/\s(127\.0\.0\.1|\[::1\]):\d+\s/.test(line))).toEqual([]);
});

test('what is secret can be read by its owner only', () => {
  const { stdout } = spawnSync(
    'find',
    [product.stateDirectory, '-type', 'f', '-perm', '/077', '-not', '-path', '*/postgres/programs-*'],
    { encoding: 'utf8' },
  );
  const open = stdout.split('\n').filter((file) => file !== '' && !file.endsWith('ports.json'));
  const secrets = readFileSync(join(product.stateDirectory, 'secrets.json'), 'utf8');
  const words = [...secrets.matchAll(/"([A-Za-z0-9_-]{32}|local:[^"]+)"/g)].map((match) => match[1]!);
  expect(words.length).toBe(5);
  for (const file of open) {
    const text = readFileSync(file, 'utf8');
    expect([file, words.filter((word) => text.includes(word))]).toEqual([file, []]);
  }
});

test('the product that is killed leaves no process, clusters and jobs included', async () => {
  const records = readRecords(join(product.stateDirectory, 'run'));
  const supervisor = records.find(({ name }) => name === 'supervisor')!;
  expect(processes().length).toBeGreaterThanOrEqual(6);
  process.kill(supervisor.pid, 'SIGKILL');
  await waitFor('no process', () => processes().length === 0 && !records.some(isAlive), 60_000);
});
