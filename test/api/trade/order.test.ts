import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { aTrade, type Trade } from '../../support/trade.ts';
import { waitFor } from '../../support/wait.ts';

let trade: Trade;
let api: RunningApi;
let customer: Caller;
let maintenance: Caller;

beforeAll(async () => {
  trade = await aTrade();
  await trade.work();
  api = await anApi(trade.world, { taskQueue: trade.taskQueue });
  const { tree } = trade;
  customer = await api.as(tree.customer.people['customer-admin']!);
  maintenance = await api.as(tree.platform.people['maintenance']!);
  await trade.setDriver(trade.catalogue.host.poolId, 'manual');
}, 60_000);
afterAll(async () => {
  await api?.close();
  await trade?.close();
});

const hours = (quantity: string, priceSeen: string) => ({
  planId: trade.catalogue.hpc.planId,
  quantity,
  months: 0,
  pieces: 1,
  configuration: {},
  priceSeen,
});
const host = (pieces: number, priceSeen: string) => ({
  planId: trade.catalogue.host.smallId,
  quantity: '1',
  months: 1,
  pieces,
  configuration: { image: 'ubuntu-24.04' },
  priceSeen,
});
const submit = (items: object[], key: string = randomUUID()) => customer.post('/orders', { items }, { key });
const pay = (number: string, key: string = randomUUID()) =>
  customer.post(`/orders/${number}/pay`, {}, { key });
const orderIs = async (number: string, state: string) => {
  await waitFor(`order ${number} ${state}`, async () => {
    const { body } = await customer.get(`/orders/${number}`);
    return body['state'] === state;
  });
};
/** What the audit trail of the customer says was done to an order; refused attempts are not in it. */
const auditedOf = async (number: string) =>
  (
    await trade.world.sql<{ action: string }>(
      `select action from audit_event where subject_type = 'order' and subject_id = ? order by action`,
      [number],
    )
  ).map(({ action }) => action);
interface OrderAnswer {
  lines: { state: string; resourceNumber: string | null; failure: { code: string } | null; group: number }[];
  events: { state: string }[];
}

describe('an order through the api', () => {
  test('is submitted once a key, refused while money is short, paid when it is there, and opened', async () => {
    const key = randomUUID();
    const first = await submit([hours('100', '760')], key);
    expect(first.status).toBe(201);
    const repeated = await submit([hours('100', '760')], key);
    expect(repeated.body).toEqual(first.body);
    const number = String(first.body['number']);

    const short = await pay(number);
    expect(short).toMatchObject({
      status: 409,
      body: { code: 'INSUFFICIENT_BALANCE', details: { missingFen: '760' } },
    });
    await trade.fill(trade.tree.customer, 100_000n);
    const [one, two] = await Promise.all([pay(number), pay(number)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    await orderIs(number, 'completed');

    const order = (await customer.get(`/orders/${number}`)).json<OrderAnswer>();
    expect(order.lines).toMatchObject([{ state: 'active', failure: null }]);
    const resource = `/resources/${order.lines[0]!.resourceNumber}`;
    expect((await customer.get(resource)).body).toMatchObject({
      state: 'active',
      accessFields: ['address', 'password'],
    });
    const revealed = await customer.post(`${resource}/reveal`);
    expect(revealed.body).toMatchObject({ access: { password: 'canary' } });
    const seen = await trade.world.sql(`select from audit_event where action = 'resource.reveal'`);
    expect(seen).toHaveLength(1);
    expect(await auditedOf(number)).toEqual(['order.pay', 'order.pay', 'order.submit']);
    expect((await customer.get('/wallet')).body).toMatchObject({ cash: '99240', held: '0' });
    expect((await customer.get('/wallet/statement')).body).toMatchObject({
      items: [{ amount: '-760', balanceAfter: '99240' }, { amount: '100000' }],
    });
  }, 60_000);

  test('tells the new price when it has changed', async () => {
    const answer = await submit([hours('100', '700')]);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'PRICE_CHANGED', details: { priceFen: '760' } },
    });
  });

  test('is canceled while unpaid, and releases its stock', async () => {
    const stock = () =>
      trade.world.sql('select available::text, reserved::text from stock where plan_id = ?', [
        trade.catalogue.host.smallId,
      ]);
    const before = await stock();
    const { body } = await submit([host(2, '19000')]);
    const number = String(body['number']);
    expect(await stock()).not.toEqual(before);
    const canceled = await customer.post(`/orders/${number}/cancel`, {}, { key: randomUUID() });
    expect(canceled.body).toMatchObject({ state: 'canceled' });
    expect(await stock()).toEqual(before);
    expect((await pay(number)).body).toMatchObject({ code: 'ORDER_CANCELED' });
    expect(await auditedOf(number)).toEqual(['order.cancel', 'order.submit']);
  });

  test('opened by hand: claimed, back-filled, failed by people; the money of the failed piece is back', async () => {
    const { body } = await submit([host(2, '19000')]);
    const number = String(body['number']);
    expect((await pay(number)).status).toBe(200);
    const listed = async () =>
      (await maintenance.get('/work-orders?driver=manual'))
        .json<{
          items: { number: string; state: string; orderNumber: string; line: number }[];
        }>()
        .items.filter((one) => one.orderNumber === number);
    await waitFor('two work orders', async () => (await listed()).length === 2);
    const act = (work: string, action: string, sent: object = {}) =>
      maintenance.post(`/work-orders/${work}/${action}`, sent, { key: randomUUID() });
    const [second, first] = (await listed()).sort((a, b) => b.line - a.line).map((one) => one.number) as [
      string,
      string,
    ];

    expect((await act(first, 'back-fill', { access: {} })).body).toMatchObject({ code: 'ACCESS_INCOMPLETE' });
    const access = { address: '10.1.1.1', port: '22', login: 'root', password: 'canary-2' };
    expect((await act(first, 'back-fill', { access })).body).toMatchObject({
      code: 'WORK_ORDER_NOT_CLAIMED',
    });
    expect((await act(first, 'claim')).body).toEqual({ state: 'processing' });
    const other = await api.as(trade.tree.productSupplier.people['supplier-delivery']!);
    const taken = await other.post(`/work-orders/${first}/claim`, {}, { key: randomUUID() });
    expect(taken.body).toMatchObject({ code: 'WORK_ORDER_TAKEN' });
    expect((await act(first, 'back-fill', { access })).body).toEqual({ state: 'done' });
    expect((await act(second, 'claim')).status).toBe(200);
    expect((await act(second, 'fail', { reason: 'canary-reason' })).body).toEqual({ state: 'failed' });
    await orderIs(number, 'partially-refunded');

    const order = await customer.get(`/orders/${number}`);
    expect(order.json<OrderAnswer>().lines).toMatchObject([
      { state: 'active', group: 1 },
      { state: 'refunded', group: 1, failure: { code: 'SUPPLIER_REFUSED' } },
    ]);
    expect(order.text).not.toContain('canary-reason');
    expect((await act(second, 'claim')).body).toMatchObject({ code: 'WORK_ORDER_ENDED' });
    const messages = (await customer.get('/messages')).json<{ items: { kind: string }[] }>();
    expect(messages.items[0]).toMatchObject({ kind: 'order-line-refunded' });
  }, 60_000);

  test('a refusing edge is told to its staff, not to the customer', async () => {
    const { tree, ledger } = trade;
    await ledger.setCreditLimit({
      seller: tree.platform.id,
      buyer: tree.distributor.id,
      mode: 'discount',
      limit: 10_000n,
    });
    const answer = await submit([hours('1000', '7600')]);
    expect(answer.body).toMatchObject({ code: 'TEMPORARILY_NOT_AVAILABLE' });
    expect(answer.text).not.toContain(tree.distributor.id);
    const told = await trade.world.sql<{ organisation_id: string }>(
      `select organisation_id from message where kind = 'edge-refused' order by organisation_id`,
    );
    expect(told.map((row) => row.organisation_id).sort()).toEqual(
      [tree.platform.id, tree.distributor.id].sort(),
    );
    await ledger.setCreditLimit({
      seller: tree.platform.id,
      buyer: tree.distributor.id,
      mode: 'discount',
      limit: null,
    });
  });
});

describe('the event stream', () => {
  test('tells what happens, resumes after the last event, and keeps to the organisation', async () => {
    const abort = new AbortController();
    const cookies = (caller: Caller) => [...caller.cookies].map((pair) => pair.join('=')).join('; ');
    const read = async (caller: Caller, lastEventId?: string) => {
      const response = await fetch(`${api.url}/api/v1/events`, {
        headers: { Cookie: cookies(caller), ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) },
        signal: abort.signal,
      });
      const seen: { id: string; text: string }[] = [];
      void (async () => {
        let rest = '';
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          rest += chunk;
          const parts = rest.split('\n\n');
          rest = parts.pop()!;
          for (const part of parts) {
            const id = /^id: (.+)$/m.exec(part)?.[1];
            if (id) seen.push({ id, text: part });
          }
        }
      })().catch(() => {});
      return seen;
    };
    const mine = await read(customer);
    const strangers = await read(await api.as(trade.tree.strangersCustomer.people['customer-admin']!));
    const { body } = await submit([hours('10', '76')]);
    const number = String(body['number']);
    await waitFor('event of the order', () => mine.some(({ text }) => text.includes(number)));
    await pay(number);
    await orderIs(number, 'completed');
    await waitFor('event of its end', () => mine.some(({ text }) => text.includes('"completed"')));
    const begin = mine.findIndex(({ text }) => text.includes(number));
    const again = await read(customer, mine[begin]!.id);
    await waitFor('the same events again', () => again.length >= mine.length - begin - 1);
    expect(again.map(({ id }) => id)).toEqual(
      mine.slice(begin + 1, begin + 1 + again.length).map(({ id }) => id),
    );
    expect(strangers.filter(({ text }) => text.includes(number))).toEqual([]);
    abort.abort();
  }, 60_000);
});
