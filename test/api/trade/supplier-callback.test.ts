import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openComputingDriver } from '../../../activities/drivers/open-computing/driver.ts';
import { actOnInstance, armFault, createDemoSupplier, listCallbacks } from '../../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { signMessage } from '../../sandbox/supplier/signature.ts';
import { anApi, type RunningApi } from '../../support/api.ts';
import { aTrade, type Trade } from '../../support/trade.ts';
import { waitFor } from '../../support/wait.ts';

const callbackCode = 'galaxy-callback';

let trade: Trade;
let api: RunningApi;
let sandbox: RunningSandbox;
let supplierKeyId: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  trade = await aTrade();
  api = await anApi(trade.world, { taskQueue: trade.taskQueue });
  trade.dependencies.drivers = { ...trade.dependencies.drivers, 'open-computing': openComputingDriver };
  await trade.work();
  await connectSupplier();
  await trade.fill(trade.tree.customer, 1_000_000n);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await trade?.close();
  await sandbox?.stop();
});

/** The pool of the cloud hosts at the supplier in the sandbox, which calls back to this api. */
async function connectSupplier(): Promise<void> {
  const { poolId } = trade.catalogue.host;
  const offer = {
    sku: 'host-small',
    kind: 'cloud-host',
    nameZh: '小型',
    nameEn: 'Small',
    specification: {},
    price: { amount: '5000', unit: 'instance', period: 'month' },
    stock: 10,
  } as const;
  const demo = { id: 'galaxy', name: '星河云', provisioningMilliseconds: 0, offers: [offer] };
  const supplier = await createDemoSupplier(sandbox.controlUrl, demo);
  ({ supplierKeyId } = supplier);
  const settings = { ...supplier, callbackUrl: `${api.url}/callback/open-computing/${callbackCode}` };
  const place = { table: 'pool', column: 'settings_sealed', id: poolId };
  await trade.world.sql('update pool set settings_sealed = ?, callback_code = ? where id = ?', [
    ...[trade.world.secrets.seal(JSON.stringify(settings), place), callbackCode, poolId],
  ]);
}

/** Posts an event as the supplier would, signed with any key. */
async function postEvent(event: object, privateKey: string): Promise<number> {
  const target = `/callback/open-computing/${callbackCode}`;
  const body = JSON.stringify(event);
  const message = { method: 'POST', host: new URL(api.url).host, target, headers: {}, body };
  const headers = await signMessage(message, supplierKeyId, privateKey);
  const answer = await fetch(api.url + target, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  return answer.status;
}

const inbox = () =>
  trade.world.sql<{ external_id: string; outcome: string | null }>(
    `select external_id, outcome from inbox where provider like 'open-computing/%' order by received_at`,
  );

/** A host whose supplier takes its time; answers once the line waits for the supplier. */
async function buyPendingHost(): Promise<{ number: string; externalName: string }> {
  await armFault(sandbox.controlUrl, { service: 'supplier', name: 'stuck' });
  const { tree, catalogue } = trade;
  const customer = await api.as(tree.customer.people['customer-admin']!);
  const { number } = await trade.submit(tree.customer, [
    {
      ...{ planId: catalogue.host.smallId, months: 1, priceSeen: '9500' },
      configuration: { image: 'ubuntu-24.04' },
    },
  ]);
  expect((await customer.post(`/orders/${number}/pay`, {}, { key: randomUUID() })).status).toBe(200);
  const lines = () =>
    trade.world.sql<{ externalName: string; state: string }>(
      `select external_name as "externalName", state from order_line where order_number = ?`,
      [number],
    );
  await waitFor('the line waits', async () => (await lines())[0]?.state === 'inquiring');
  return { number, externalName: (await lines())[0]!.externalName };
}

test('a supplier’s word moves the waiting line on; a forged one does nothing, a repeated one is one', async () => {
  const { number, externalName } = await buyPendingHost();
  const state = async () => {
    const [row] = await trade.world.sql<{ state: string }>(
      'select state from customer_order where number = ?',
      [number],
    );
    return row!.state;
  };
  const event = {
    ...{ eventId: 'forged-1', externalName, state: 'active' },
    occurredAt: new Date().toISOString(),
  };
  const { privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  expect(await postEvent(event, privateKey)).toBe(401);
  expect(await inbox()).toEqual([]);
  expect(await state()).not.toBe('completed');

  await armFault(sandbox.controlUrl, { service: 'supplier', name: 'duplicate-callback' });
  const from = performance.now();
  await actOnInstance(sandbox.controlUrl, 'galaxy', externalName, 'finish');
  await waitFor('the order is completed', async () => (await state()) === 'completed', 12_000);
  // The line looks by itself fifteen seconds after it began to wait.
  expect(performance.now() - from).toBeLessThan(12_000);
  const attempts = async () =>
    (await listCallbacks(sandbox.controlUrl, 'galaxy', externalName)).flatMap((one) => one.attempts);
  await waitFor('two deliveries', async () => (await attempts()).length === 2);
  expect((await attempts()).map(({ answer }) => answer)).toEqual(['204', '204']);
  const [callback] = await listCallbacks(sandbox.controlUrl, 'galaxy', externalName);
  expect(await inbox()).toEqual([
    { external_id: (JSON.parse(callback!.body) as { eventId: string }).eventId, outcome: 'signalled' },
  ]);
}, 60_000);
