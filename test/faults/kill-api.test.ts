import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { orderWorkflowId } from '../../domain/orders.messages.ts';
import { checkDatabase } from '../../scripts/ledger-check.ts';
import { stopAll } from '../../scripts/servers/stop.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { watchThisProcess } from '../../scripts/servers/watch.ts';
import { useCashier } from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { callerAs, type Caller } from '../support/api.ts';
import { bindAlipay } from '../support/merchant.ts';
import { aTrade, type Trade } from '../support/trade.ts';
import { waitFor } from '../support/wait.ts';
import { ApiProcess } from './api-process.ts';
import { Gate } from './gate.ts';

const price = 76n;
const filled = 1_000_000n;
const gate = new Gate(['payOrder', 'createRecharge']);
let stateDirectory: string;
let sandbox: RunningSandbox;
let trade: Trade;
let api: ApiProcess;
let customer: Caller;
let keys: pg.Client;

/** A Temporal of its own: the api starts processes on the queue of the product. */
beforeAll(async () => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'kboss-faults-'));
  chmodSync(stateDirectory, 0o711);
  watchThisProcess(stateDirectory, true);
  const temporal = await startTemporal({ stateDirectory });
  process.env.KBOSS_TEST_TEMPORAL_ADDRESS = temporal.address;
  process.env.KBOSS_TEST_TEMPORAL_NAMESPACE = temporal.namespace;
  sandbox = await startSandbox();
  trade = await aTrade('kboss');
  const { world, tree } = trade;
  api = await ApiProcess.start(stateDirectory, {
    DATABASE_URL: world.database.apiUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  trade.dependencies.publicUrl = api.url;
  await trade.work(gate.interceptors());
  await trade.fill(tree.customer, filled);
  await bindAlipay(world, sandbox, tree.subDistributor.id);
  customer = await callerAs(world, api.url, tree.customer.people['customer-admin']!);
  keys = new pg.Client({ connectionString: world.database.adminUrl });
  await keys.connect();
}, 60_000);
afterAll(async () => {
  await keys?.end();
  await trade?.close();
  await sandbox?.stop();
  await stopAll(join(stateDirectory, 'run'), { milliseconds: 5_000 });
  rmSync(stateDirectory, { recursive: true, force: true });
}, 30_000);

const pay = (number: string, key: string) => customer.post(`/orders/${number}/pay`, {}, { key });
const recharge = (key: string) => customer.post('/recharges', { amount: '500' }, { key });

/** Nobody can note a key or its answer until the keys are unlocked. */
async function lockKeys(): Promise<void> {
  await keys.query('begin');
  await keys.query('lock table idempotency_key in exclusive mode');
}

const bothWait = () =>
  waitFor('both requests to wait for the keys', async () => {
    const waiting = await trade.world.sql(
      `select from pg_locks join pg_database on pg_database.oid = database
       where datname = current_database() and not granted`,
    );
    return waiting.length === 2;
  });
const bothAreAtWork = () => waitFor('both activities to be at the gate', () => gate.isReached());

interface Moment {
  /** Stops the two requests that come at this moment. */
  hold(): void | Promise<void>;
  reached(): Promise<void>;
  release(): unknown;
}

const moments: Record<string, Moment> = {
  'before the process is asked': {
    hold: lockKeys,
    reached: bothWait,
    release: () => keys.query('commit'),
  },
  'before the process has done it': {
    hold: () => gate.close('before'),
    reached: bothAreAtWork,
    release: () => gate.open(),
  },
  'when it is done and nobody knows': {
    hold: () => gate.close('after'),
    reached: bothAreAtWork,
    release: () => gate.open(),
  },
  'before the answer is kept': {
    hold: () => gate.close('before'),
    async reached() {
      await bothAreAtWork();
      await lockKeys();
      gate.open();
      await bothWait();
    },
    release: () => keys.query('commit'),
  },
};

async function anOrder(): Promise<string> {
  const { tree, catalogue } = trade;
  const item = { planId: catalogue.hpc.planId, quantity: '10', priceSeen: String(price) };
  return (await trade.submit(tree.customer, [item])).number;
}

async function recharges(): Promise<string[]> {
  return (await trade.world.sql<{ number: string }>('select number from recharge order by id')).map(
    ({ number }) => number,
  );
}

describe('the api killed in the middle of a payment and of a recharge', () => {
  test.each(Object.keys(moments))(
    '%s: the same request again is answered, and nothing happens twice',
    async (name) => {
      const moment = moments[name]!;
      const before = await recharges();
      const number = await anOrder();
      const [payKey, rechargeKey] = [randomUUID(), randomUUID()];
      await moment.hold();
      const lost = Promise.allSettled([pay(number, payKey), recharge(rechargeKey)]);
      await moment.reached();
      await api.kill();
      expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

      await api.start();
      const again = Promise.all([
        pay(number, payKey),
        pay(number, randomUUID()),
        recharge(rechargeKey),
        recharge(rechargeKey),
      ]);
      await moment.release();
      const [paid, otherTab, recharged, rechargedAgain] = await again;
      expect([paid.status, otherTab.status]).toEqual([200, 200]);
      expect(recharged.status).toBe(201);
      expect(rechargedAgain.body).toEqual(recharged.body);
      expect(await recharges()).toEqual([...before, recharged.body['number']]);
      const end = await trade.client.workflow.getHandle(orderWorkflowId(number)).result();
      expect(end).toMatchObject({ state: 'completed' });
    },
    30_000,
  );

  test('after its answer: the same answer is given again', async () => {
    const [number, payKey, rechargeKey] = [await anOrder(), randomUUID(), randomUUID()];
    const [paid, recharged] = [await pay(number, payKey), await recharge(rechargeKey)];
    await api.kill();
    await api.start();
    expect((await pay(number, payKey)).body).toEqual(paid.body);
    expect((await recharge(rechargeKey)).body).toEqual(recharged.body);
    expect((await pay(number, randomUUID())).status).toBe(200);
    await trade.client.workflow.getHandle(orderWorkflowId(number)).result();

    await useCashier(String(recharged.body['payUrl']), 'pay');
    await waitFor('the recharge to have succeeded', async () => {
      const { body } = await customer.get(`/recharges/${String(recharged.body['number'])}`);
      return body['state'] === 'succeeded';
    });
  }, 30_000);

  test('every order is paid and opened once, and the ledger is clean', async () => {
    const { tree, world, ledger, supplier } = trade;
    const paid = Object.keys(moments).length + 1;
    expect(supplier.requests).toHaveLength(paid);
    const wallet = await ledger.wallet(tree.customer.id, tree.subDistributor.id);
    expect(wallet).toEqual({ ...wallet, cash: filled - price * BigInt(paid) + 500n, held: 0n });
    const broken = (await checkDatabase(world.database.auditUrl)).filter(({ state }) => state === 'broken');
    expect(broken).toEqual([]);
  });
});
