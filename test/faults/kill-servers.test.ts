import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderMessages, orderWorkflowId, type OrderInput } from '../../domain/orders.messages.ts';
import { checkDatabase } from '../../scripts/ledger-check.ts';
import { startPostgres } from '../../scripts/servers/postgres.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { startServers } from '../../scripts/bench/order/servers.ts';
import { aTrade, orderOf, submitOrder, type Trade } from '../support/trade.ts';
import { waitFor } from '../support/wait.ts';

const orders = 100;
let servers: Awaited<ReturnType<typeof startServers>>;
let trade: Trade;

/** Servers of its own: nobody else's tests shall feel this. */
beforeAll(async () => {
  servers = await startServers();
  trade = await aTrade();
  await trade.fill(trade.tree.customer, 10_000_000n);
  await trade.work();
}, 120_000);
afterAll(async () => {
  await trade?.close();
  await servers?.stop();
}, 60_000);

/** Kills a server as a power cut would, and starts it again where it was. */
async function killAndStart(name: 'postgres' | 'temporal'): Promise<void> {
  const { pid, port } = servers[name]();
  process.kill(pid, 'SIGKILL');
  await waitFor(`${name} to be gone`, () => !isAlive(pid));
  const { stateDirectory } = servers;
  if (name === 'postgres') await startPostgres({ stateDirectory, port });
  else await startTemporal({ stateDirectory, port });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A person tries again when nobody answers: the same submission and the same payment, by the same names. */
async function persist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 60) throw error;
      await delay(500);
    }
  }
}

async function buy(input: OrderInput): Promise<string> {
  const { client, taskQueue } = trade;
  const handle = client.workflow.getHandle(orderWorkflowId(input.number));
  await persist(() => submitOrder(client, taskQueue, input));
  await persist(() => handle.executeUpdate(orderMessages.pay, { args: [{ userId: input.userId }] }));
  return persist(async () => ((await handle.result()) as { state: string }).state);
}

describe('PostgreSQL and Temporal killed in the middle of a hundred orders', () => {
  test('all finish, nothing twice, the ledger is clean', async () => {
    const { tree, catalogue, world, ledger } = trade;
    const inputs = await Promise.all(
      Array.from({ length: orders }, () =>
        orderOf(world, tree.customer, [{ planId: catalogue.hpc.planId, quantity: '10', priceSeen: '76' }]),
      ),
    );
    let ended = 0;
    const all = Promise.all(
      inputs.map(async (input) => {
        const end = await buy(input);
        ended += 1;
        return end;
      }),
    );
    await waitFor('some orders to be through', () => ended >= 5, 120_000);
    await killAndStart('postgres');
    await waitFor('more orders to be through', () => ended >= 35, 120_000);
    await killAndStart('temporal');
    expect(new Set(await all)).toEqual(new Set(['completed']));

    const { requests, opened } = trade.supplier;
    expect(opened.size).toBe(orders);
    expect(new Set(requests.map(({ externalName }) => externalName)).size).toBe(orders);
    const wallet = await ledger.wallet(tree.customer.id, tree.subDistributor.id);
    expect(wallet).toEqual({ ...wallet, cash: 10_000_000n - 76n * BigInt(orders), held: 0n });
    const broken = (await checkDatabase(world.database.auditUrl)).filter(({ state }) => state === 'broken');
    expect(broken).toEqual([]);
  }, 300_000);
});
