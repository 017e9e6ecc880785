import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../servers/ports.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startTemporal } from '../servers/temporal.ts';
import { watchThisProcess } from '../servers/watch.ts';
import { root } from '../start/state-directory.ts';
import { buildWeb, webIsOutdated } from '../start/web-build.ts';
import { compare, isQuick, printRows } from './report.ts';

/**
 * `npm run bench:start [-- --json] [-- --quick]`: from `npm start` to the first page, on a clone that is installed
 * (packages there, site built) but was never started: the database is made, the demo world seeded, the clusters
 * brought up; against PostgreSQL and Temporal started bare, one after the other.
 */
async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'kboss-bench-start-'));
  chmodSync(work, 0o711);
  process.once('exit', () => rmSync(work, { recursive: true, force: true }));
  if (webIsOutdated()) {
    mkdirSync(join(work, 'log'));
    await buildWeb(work);
  }
  const row = await compare({
    name: 'start',
    unit: 's',
    yardstick: 'PostgreSQL (initdb included) and Temporal, bare, one after the other',
    better: 'lower',
    aim: 30,
    runs: isQuick() ? 1 : 3,
    settings: { firstStart: true, siteBuilt: true, clusters: process.getuid?.() === 0 },
    measure: () => startProduct(work),
    measureYardstick: () => startBare(work),
  });
  // The aim is a time that a person waits, not a ratio.
  printRows([{ ...row, aim: '<= 30 s' }]);
}

/** Seconds from the command to the first page with status 200. */
async function startProduct(work: string): Promise<number> {
  const clone = freshClone(mkdtempSync(join(work, 'clone-')));
  const port = await freePort();
  const began = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: clone,
    env: {
      ...process.env,
      KBOSS_PORT: String(port),
      KBOSS_STATE_DIRECTORY: undefined,
      TEMPORAL_ADDRESS: undefined,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => npm.once('exit', () => resolve()));
  try {
    while (!(await showsPage(`http://127.0.0.1:${port}/`))) {
      if (npm.exitCode !== null) throw new Error(`npm start ended before the first page:\n${output}`);
      if (performance.now() - began > 300_000) throw new Error(`no page after five minutes:\n${output}`);
      await delay(25);
    }
    return (performance.now() - began) / 1000;
  } finally {
    npm.kill('SIGTERM');
    await ended;
  }
}

/** What a clone holds, the built site, and links to the packages that are installed here. */
function freshClone(directory: string): string {
  chmodSync(directory, 0o711);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of listed
    .toString()
    .split('\0')
    .filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(root, file), join(directory, file));
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  cpSync(join(root, 'web', 'build'), join(directory, 'web', 'build'), { recursive: true });
  return directory;
}

async function startBare(work: string): Promise<number> {
  const stateDirectory = mkdtempSync(join(work, 'bare-'));
  watchThisProcess(stateDirectory, true);
  const began = performance.now();
  const postgres = await startPostgres({ stateDirectory });
  const temporal = await startTemporal({ stateDirectory });
  const seconds = (performance.now() - began) / 1000;
  await temporal.stop();
  await postgres.stop();
  return seconds;
}

async function showsPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    return response.ok && text.includes('<html');
  } catch {
    return false;
  }
}

await main();
