import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLedger, type Ledger } from '../../db/ledger/ledger.ts';
import { aLedgerWorld, instant, type LedgerWorld } from '../support/ledger.ts';
import type { Job } from './poster-process.ts';

const program = fileURLToPath(new URL('poster-process.ts', import.meta.url));
let world: LedgerWorld;
let others: Ledger[];
beforeAll(async () => {
  world = await aLedgerWorld(['discount', 'rebate']);
  others = [1, 2, 3].map(() => openLedger(world.database.workerUrl));
});
afterAll(async () => {
  await Promise.all(others.map((ledger) => ledger.close()));
  await world.close();
});

/** A customer with the money of so many lines at 1.00 held for one order. */
async function anOrder(lines: number): Promise<{ customer: string; orderNo: string }> {
  const [customer, orderNo] = [randomUUID(), `O-${randomUUID()}`];
  const { ledger, seller } = world;
  const amount = BigInt(lines) * 100n;
  await ledger.recharge({
    key: `r/${customer}`,
    seller,
    customer,
    amount,
    channel: 'alipay',
    tradeNo: '1',
    rechargeNo: '1',
    at: instant,
  });
  await ledger.placeHold({ key: `h/${orderNo}`, seller, customer, orderNo, amount, at: instant });
  return { customer, orderNo };
}

/** A process of its own that sells; resolves with what it acknowledged. */
function aProcess(job: Omit<Job, 'url' | 'supplier' | 'sellers' | 'modes'>): {
  child: ChildProcess;
  acknowledged: string[];
  ended: Promise<void>;
} {
  const { supplier, sellers, modes } = world;
  const whole: Job = {
    url: world.database.workerUrl,
    supplier,
    sellers: [...sellers],
    modes: [...modes],
    ...job,
  };
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, JSON.stringify(whole)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const acknowledged: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const pieces = (rest + chunk.toString()).split('\n');
    rest = pieces.pop()!;
    acknowledged.push(...pieces);
  });
  return { child, acknowledged, ended: new Promise((resolve) => child.once('close', () => resolve())) };
}

async function soldLines(orderNo: string): Promise<number> {
  const [row] = await world.query<{ n: string }>(
    `select count(*) as n from ledger.event where type = 'sale' and outcome = 'posted' and source like $1`,
    [`${orderNo}/%`],
  );
  return Number(row!.n);
}

describe('several processes', () => {
  test('6 13 two processes post shared keys in opposite order: each once, no deadlock', async () => {
    const order = await anOrder(300);
    const lines = Array.from({ length: 300 }, (_, index) => index + 1);
    const runs = [lines, lines.toReversed()].map((given) =>
      aProcess({ ...order, lines: given, callers: 32 }),
    );
    await Promise.all(runs.map(({ ended }) => ended));
    for (const { acknowledged } of runs) {
      expect(acknowledged).toHaveLength(300);
      expect(acknowledged.every((line) => line.endsWith('posted'))).toBe(true);
    }
    expect(await soldLines(order.orderNo)).toBe(300);
    expect((await world.ledger.wallet(order.customer, world.seller)).cash).toBe(0n);
    const [row] = await world.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(row!.deadlocks).toBe('0');
    expect(await world.broken()).toEqual([]);
  }, 60_000);

  test('37 a process killed under load: what it acknowledged is there, nothing is there twice', async () => {
    const order = await anOrder(4_000);
    const lines = Array.from({ length: 4_000 }, (_, index) => index + 1);
    const { child, acknowledged, ended } = aProcess({ ...order, lines, callers: 48 });
    await new Promise<void>((resolve) =>
      child.stdout!.on('data', () => acknowledged.length > 150 && resolve()),
    );
    child.kill('SIGKILL');
    await ended;
    const atDeath = await soldLines(order.orderNo);
    expect(atDeath).toBeGreaterThanOrEqual(acknowledged.length);
    expect(atDeath).toBeLessThan(4_000);

    const again = aProcess({ ...order, lines: lines.slice(0, acknowledged.length + 400), callers: 48 });
    await again.ended;
    expect(new Set(again.acknowledged.map((line) => line.split(' ')[1]))).toEqual(new Set(['posted']));
    const sold = await soldLines(order.orderNo);
    expect((await world.ledger.wallet(order.customer, world.seller)).cash).toBe(
      400_000n - BigInt(sold) * 100n,
    );
    expect(await world.broken()).toEqual([]);
  }, 60_000);

  test('8 four spenders of one wallet never overdraw it', async () => {
    const { ledger, seller } = world;
    const customer = randomUUID();
    await ledger.recharge({
      key: customer,
      seller,
      customer,
      amount: 1_050n,
      channel: 'alipay',
      tradeNo: '1',
      rechargeNo: '1',
      at: instant,
    });
    const spend = (spender: Ledger, index: number) =>
      Array.from({ length: 10 }, (_, line) =>
        spender.sell({
          ...world.sale(customer, `O-${customer}-${index}`, line + 1, 100n),
          funding: 'wallet',
        }),
      );
    const outcomes = await Promise.all([ledger, ...others].flatMap(spend));
    expect(outcomes.filter(({ outcome }) => outcome === 'posted')).toHaveLength(10);
    expect(outcomes.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(30);
    expect((await ledger.wallet(customer, seller)).available).toBe(50n);
  });

  test('10 many refunds of one line by several processes: one succeeds', async () => {
    const { customer, orderNo } = await anOrder(1);
    await world.ledger.sell(world.sale(customer, orderNo, 1, 100n));
    const outcomes = await Promise.allSettled(
      [world.ledger, ...others].flatMap((ledger, index) =>
        [1, 2].map((attempt) =>
          ledger.refundSale({
            key: `${orderNo}:${index}:${attempt}`,
            lineNo: `${orderNo}/1`,
            at: instant,
            reason: 'failed',
          }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.ledger.wallet(customer, world.seller)).cash).toBe(100n);
  });

  test('4 37 connections cut and statements cancelled at random: all or nothing, and repeating finishes', async () => {
    const { customer, orderNo } = await anOrder(200);
    const hurried = openLedger(`${world.database.workerUrl}?options=-c%20statement_timeout%3D6`);
    let isOver = false;
    const cutter = (async () => {
      while (!isOver) {
        await world.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename = 'kboss_worker' and state = 'active' and random() < 0.3`);
      }
    })();
    const sell = (ledger: Ledger, line: number) => ledger.sell(world.sale(customer, orderNo, line, 100n));
    const lines = Array.from({ length: 200 }, (_, index) => index + 1);
    const hurriedOutcomes = await Promise.allSettled(lines.map((line) => sell(hurried, line)));
    isOver = true;
    await cutter;
    await hurried.close();
    expect(await world.broken()).toEqual([]);
    const sold = await soldLines(orderNo);
    expect(sold).toBeGreaterThanOrEqual(
      hurriedOutcomes.filter(({ status }) => status === 'fulfilled').length,
    );
    const outcomes = await Promise.all(lines.map((line) => sell(world.ledger, line)));
    expect(outcomes.every(({ outcome }) => outcome === 'posted')).toBe(true);
    expect(await soldLines(orderNo)).toBe(200);
    expect((await world.ledger.wallet(customer, world.seller)).cash).toBe(0n);
    expect(await world.broken()).toEqual([]);
  }, 60_000);
});
