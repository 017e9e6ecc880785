import { NativeConnection } from '@temporalio/worker';
import { orderLineWorkflowId, orderMessages, orderWorkflowId } from '../../domain/orders.messages.ts';
import { aTrade, type Trade } from '../../test/support/trade.ts';
import { checkDatabase } from '../ledger-check.ts';
import { costOf, drive, type Amount, type Piece } from './order/load.ts';
import { startServers } from './order/servers.ts';
import { yardstickWorker } from './order/yardstick.ts';
import { compare, isQuick, printRows, say, type BenchRow } from './report.ts';

const quick = isQuick();
const runs = 3;
/** In short a number of orders, which every machine gets done sooner or later; else a time, for a steady rate. */
const load: Record<'rate' | 'time', { inFlight: number; amount: Amount }> = quick
  ? { rate: { inFlight: 15, amount: { pieces: 30 } }, time: { inFlight: 10, amount: { pieces: 20 } } }
  : { rate: { inFlight: 200, amount: { seconds: 12 } }, time: { inFlight: 10, amount: { seconds: 12 } } };
const warmUp: Amount = quick ? { pieces: 10 } : { seconds: 1 };

/**
 * `npm run bench:order [-- --json] [-- --quick]`: one-line orders (depth 2, three books) from submission to a resource
 * in the customer's hands, by one worker process, against a workflow of one parent, one child and eight activities that
 * do nothing, on the same Temporal server, namespace and worker options. PostgreSQL with fsync on; the driver opens at
 * once.
 */
async function main(): Promise<void> {
  const servers = await startServers();
  process.once('SIGINT', () => void servers.stop().then(() => process.exit(130)));
  try {
    const trade = await aTrade();
    try {
      printRows(await measureAll(trade));
    } finally {
      await trade.close();
    }
  } finally {
    await servers.stop();
  }
}

async function measureAll(trade: Trade): Promise<BenchRow[]> {
  const { client, taskQueue } = trade;
  await trade.work();
  const native = await NativeConnection.connect({ address: process.env.KBOSS_TEST_TEMPORAL_ADDRESS! });
  const namespace = client.options.namespace;
  const yardstickQueue = taskQueue.replace('kboss', 'yardstick');
  const worker = await yardstickWorker(native, namespace, yardstickQueue);
  const running = worker.run();
  try {
    await trade.fill(trade.tree.customer, 10_000_000_000n);
    const order = anOrder(trade);
    const yardstick = aYardstick(trade, yardstickQueue);
    await drive(order.piece, 10, warmUp);
    await drive(yardstick.piece, 10, warmUp);
    say(`an order: ${JSON.stringify(await costOf(client, order.processes()))}`);
    say(`the yardstick: ${JSON.stringify(await costOf(client, yardstick.processes()))}`);
    const settings = { depth: 2, lines: 1, fsync: true, workers: 1 };
    const driven = (piece: Piece, row: 'rate' | 'time') => drive(piece, load[row].inFlight, load[row].amount);
    const rate = await compare({
      name: 'rate',
      unit: 'orders/s',
      yardstick: '1 parent, 1 child, 8 no-op activities',
      better: 'higher',
      aim: 0.7,
      runs,
      settings: { ...settings, ...load.rate.amount, inFlight: load.rate.inFlight },
      measure: async () => (await driven(order.piece, 'rate')).rate,
      measureYardstick: async () => (await driven(yardstick.piece, 'rate')).rate,
    });
    const time = await compare({
      name: 'time',
      unit: 'ms',
      yardstick: 'its start to its end',
      better: 'lower',
      aim: 1.3,
      runs,
      settings: {
        ...settings,
        ...load.time.amount,
        inFlight: load.time.inFlight,
        from: 'paid',
        to: 'active',
      },
      measure: async () => (await driven(order.piece, 'time')).medianMilliseconds,
      measureYardstick: async () => (await driven(yardstick.piece, 'time')).medianMilliseconds,
    });
    await assertClean(trade);
    return [rate, time];
  } finally {
    worker.shutdown();
    await running;
    await native.close();
  }
}

/** Orders of ten core-hours: submitted, paid, opened; the time is that from paid to active. */
function anOrder(trade: Trade): { piece: Piece; processes(): string[] } {
  let last = '';
  const piece: Piece = async () => {
    const { number } = await trade.submit(trade.tree.customer, [
      { planId: trade.catalogue.hpc.planId, quantity: '10', priceSeen: '76' },
    ]);
    const handle = trade.client.workflow.getHandle(orderWorkflowId(number));
    const userId = trade.tree.customer.people['customer-admin']!.id;
    await handle.executeUpdate(orderMessages.pay, { args: [{ userId }] });
    const paid = performance.now();
    await trade.client.workflow
      .getHandle(orderLineWorkflowId(number, 1))
      .result()
      .catch(afterStart(trade, number));
    const active = performance.now();
    await handle.result();
    last = number;
    return active - paid;
  };
  return { piece, processes: () => [orderWorkflowId(last), orderLineWorkflowId(last, 1)] };
}

/** The line's process may not have begun when its end is first asked for: then the order's end stands for it. */
function afterStart(trade: Trade, number: string): () => Promise<unknown> {
  return () => trade.client.workflow.getHandle(orderWorkflowId(number)).result();
}

function aYardstick(trade: Trade, taskQueue: string): { piece: Piece; processes(): string[] } {
  let count = 0;
  const idOf = (index: number): string => `${taskQueue}/${index}`;
  const piece: Piece = async () => {
    const workflowId = idOf((count += 1));
    const begin = performance.now();
    await trade.client.workflow.execute('yardstick', { workflowId, taskQueue });
    return performance.now() - begin;
  };
  return { piece, processes: () => [idOf(1), `${idOf(1)}/1`] };
}

async function assertClean(trade: Trade): Promise<void> {
  const results = await checkDatabase(trade.world.database.auditUrl);
  const broken = results.filter(({ state }) => state === 'broken');
  if (broken.length > 0) throw new Error(`the ledger is broken: ${JSON.stringify(broken, null, 2)}`);
}

await main();
