import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderMessages, orderWorkflowId } from '../../domain/orders.messages.ts';
import { externalNameOf } from '../../domain/numbers.ts';
import { checkDatabase } from '../../scripts/ledger-check.ts';
import { aTrade, orderOf, submitOrder, type Trade } from '../support/trade.ts';
import { FileSupplier } from './file-supplier.ts';

/** After each of these the worker dies once, in an order of its own. */
const points = {
  completed: [
    ...['submitOrder', 'payOrder', 'markFulfilling', 'finishOrder'].map(
      (activity) => ['', activity] as const,
    ),
    ...['postSale', 'openAtSupplier', 'activateLine'].map((activity) => ['/1', activity] as const),
  ],
  refunded: ['failLine', 'closeAtSupplier', 'refundLine'].map((activity) => ['/1', activity] as const),
};

let trade: Trade;
let directory: string;
let child: ChildProcess | null = null;
let isOver = false;
let deaths = 0;

beforeAll(async () => {
  trade = await aTrade();
  directory = mkdtempSync(join(tmpdir(), 'kboss-faults-'));
  await trade.fill(trade.tree.customer, 1_000_000n);
}, 60_000);
afterAll(async () => {
  isOver = true;
  child?.kill('SIGKILL');
  await trade?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Keeps one worker running, as a supervisor does: who is killed is started again. */
function keepWorking(): void {
  const settings = {
    url: trade.world.database.workerUrl,
    address: process.env.KBOSS_TEST_TEMPORAL_ADDRESS,
    namespace: trade.client.options.namespace,
    taskQueue: trade.taskQueue,
    directory,
  };
  const entry = join(import.meta.dirname, 'killing-worker.ts');
  child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', entry, JSON.stringify(settings)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  child.once('exit', () => {
    if (isOver) return;
    deaths += 1;
    keepWorking();
  });
}

describe('a worker that is killed after each activity', () => {
  test('every order ends as it should, and nothing has happened twice', async () => {
    const { tree, catalogue, world, client, taskQueue, ledger } = trade;
    const inputOf = (quantity: string, priceSeen: string) =>
      orderOf(world, tree.customer, [{ planId: catalogue.hpc.planId, quantity, priceSeen }]);
    // The file supplier refuses 999, which the plan must offer.
    await world.sql('update plan set quantity_step = 1, quantity_min = 1 where id = ?', [
      catalogue.hpc.planId,
    ]);
    const orders = await Promise.all([
      ...points.completed.map(async ([part, activity]) => {
        return { input: await inputOf('100', '760'), part, activity, end: 'completed' };
      }),
      ...points.refunded.map(async ([part, activity]) => {
        return { input: await inputOf('999', '7592'), part, activity, end: 'refunded' };
      }),
    ]);
    const places = orders.map(
      ({ input, part, activity }) => `${orderWorkflowId(input.number)}${part} ${activity}`,
    );
    writeFileSync(join(directory, 'points'), places.join('\n'));
    keepWorking();

    const ends = await Promise.all(
      orders.map(async ({ input }) => {
        await submitOrder(client, taskQueue, input);
        const handle = client.workflow.getHandle(orderWorkflowId(input.number));
        await handle.executeUpdate(orderMessages.pay, { args: [{ userId: input.userId }] });
        return ((await handle.result()) as { state: string }).state;
      }),
    );
    expect(ends).toEqual(orders.map(({ end }) => end));
    expect(deaths).toBeGreaterThanOrEqual(orders.length - 2);

    const supplier = new FileSupplier(join(directory, 'supplier'));
    for (const { input, end } of orders) {
      expect(supplier.history(externalNameOf(input.number, 1))).toEqual(
        end === 'completed' ? ['active'] : [],
      );
    }
    const wallet = await ledger.wallet(tree.customer.id, tree.subDistributor.id);
    expect(wallet).toEqual({
      ...wallet,
      cash: 1_000_000n - 760n * BigInt(points.completed.length),
      held: 0n,
    });
    const messages = await world.sql(`select from message where kind = 'order-line-refunded'`);
    expect(messages).toHaveLength(points.refunded.length);
    const broken = (await checkDatabase(world.database.auditUrl)).filter(({ state }) => state === 'broken');
    expect(broken).toEqual([]);
  }, 240_000);
});
