import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../db/bootstrap.ts';
import { connectionUrl } from '../../db/connection-url.ts';
import { openLedger, type Ledger } from '../../db/ledger/ledger.ts';
import { migrate } from '../../db/migrate.ts';
import { checkDatabase } from '../ledger-check.ts';
import { startPostgres } from '../servers/postgres.ts';
import { watchThisProcess } from '../servers/watch.ts';
import { buildWorld, type LedgerWorld } from './ledger-world.ts';
import { openNaiveLedger } from './naive-ledger.ts';
import { preparePgbench } from './pgbench.ts';
import { compare, isQuick, printRows, say, type BenchRow } from './report.ts';

const quick = isQuick();
const seconds = quick ? 2 : 10;
const runs = quick ? 3 : 5;
const callers = 32;
const password = 'bench-bench-bench';

/**
 * `npm run bench:ledger [-- --json] [-- --quick]`: real discount sales at depth 2 with a prepaid supplier (18 lines, 3
 * books, one platform whose accounts every sale touches), expanded and posted by one Node process, against pgbench
 * (TPC-B) and against naive posting by MikroORM on the same server, fsync and synchronous_commit on.
 */
async function main(): Promise<void> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'kboss-bench-'));
  watchThisProcess(stateDirectory, true);
  const server = await startPostgres({ stateDirectory });
  try {
    printRows(await measureAll(server.adminUrl));
  } finally {
    await server.stop();
  }
}

async function measureAll(adminUrl: string): Promise<BenchRow[]> {
  const roles = {
    kboss_api: password,
    kboss_worker: password,
    kboss_audit: password,
    kboss_backup: password,
  };
  const url = await bootstrap(adminUrl, 'bench', roles);
  await migrate(url);
  const ledger = openLedger(connectionUrl(url, { user: 'kboss_worker', password }));
  try {
    say('building the world');
    const customers = quick ? 1_000 : 10_000;
    const world = await buildWorld(ledger, { depth: 2, customers });
    const pgbench = await preparePgbench(url, { scale: 10, clients: 32, threads: 2, seconds });
    await drive(ledger, world, callers, 1);
    const measure = async (): Promise<number> => {
      const rate = await drive(ledger, world, callers, seconds);
      await assertClean(url);
      return rate;
    };
    const settings = {
      depth: 2,
      lines: 18,
      books: 3,
      callers,
      customers,
      seconds,
      fsync: true,
      synchronousCommit: true,
    };
    const tpcb = await compare({
      name: 'tpcb',
      unit: 'events/s',
      yardstick: 'pgbench -M prepared -s 10 -c 32 -j 2, TCP loopback',
      better: 'higher',
      aim: 1,
      runs,
      settings,
      measure,
      measureYardstick: pgbench,
    });
    const naive = await openNaiveLedger(url);
    const orm = await compare({
      name: 'orm',
      unit: 'events/s',
      yardstick: 'one MikroORM transaction an event, accounts locked and changed one by one',
      better: 'higher',
      aim: 10,
      runs: 3,
      settings,
      measure,
      measureYardstick: () => naive.drive(world, callers, seconds),
    });
    await naive.close();
    if (!quick) await sideFigures(ledger, url);
    return [tpcb, orm];
  } finally {
    await ledger.close();
  }
}

/** Other depths and numbers of callers, for reading; not compared with anything. */
async function sideFigures(ledger: Ledger, url: string): Promise<void> {
  for (const depth of [0, 1, 2, 3, 5]) {
    const world = await buildWorld(ledger, { depth, customers: 2_000 });
    for (const count of depth === 2 ? [1, 8, 32, 128] : [callers]) {
      const rate = await drive(ledger, world, count, 4);
      const lines = 6 * (depth + 1);
      say(
        `depth ${depth}, ${count} callers: ${Math.round(rate)} events/s, ${Math.round(rate * lines)} lines/s`,
      );
    }
  }
  await assertClean(url);
}

/** Closed loop: each caller sells the next line when its last one is in the books. Answers events a second. */
async function drive(ledger: Ledger, world: LedgerWorld, count: number, duration: number): Promise<number> {
  const began = performance.now();
  const end = began + duration * 1000;
  let posted = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      const outcome = await ledger.sell(world.nextSale());
      if (outcome.outcome !== 'posted' || outcome.repeated)
        throw new Error(`a sale was not posted: ${outcome.outcome}`);
      posted += 1;
    }
  };
  await Promise.all(Array.from({ length: count }, caller));
  return posted / ((performance.now() - began) / 1000);
}

async function assertClean(url: string): Promise<void> {
  const broken = (await checkDatabase(url)).filter(({ state }) => state === 'broken');
  if (broken.length > 0) throw new Error(`the ledger is broken: ${JSON.stringify(broken, null, 2)}`);
}

await main();
