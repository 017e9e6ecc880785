import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outTradeNoOf } from '../../../domain/payments/alipay.ts';
import { changeSettings, deliverAgain, listNotifications, useCashier } from '../../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { bindAlipay } from '../../support/merchant.ts';
import { aTrade, type Trade } from '../../support/trade.ts';
import { waitFor } from '../../support/wait.ts';

let trade: Trade;
let api: RunningApi;
let sandbox: RunningSandbox;
let customer: Caller;

beforeAll(async () => {
  sandbox = await startSandbox();
  await changeSettings(sandbox.controlUrl, { alipayRetryMilliseconds: [100, 100, 100] });
  trade = await aTrade();
  api = await anApi(trade.world, { taskQueue: trade.taskQueue });
  trade.dependencies.publicUrl = api.url;
  await trade.work();
  await bindAlipay(trade.world, sandbox, trade.tree.subDistributor.id);
  customer = await api.as(trade.tree.customer.people['customer-admin']!);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await trade?.close();
  await sandbox?.stop();
});

const recharge = (amount: string, orderNumber?: string) =>
  customer.post('/recharges', { amount, ...(orderNumber ? { orderNumber } : {}) }, { key: randomUUID() });
const rechargeIs = (number: string, state: string) =>
  waitFor(`recharge ${number} ${state}`, async () => {
    const { body } = await customer.get(`/recharges/${number}`);
    return body['state'] === state;
  });
const cash = async () => String((await customer.get('/wallet')).body['cash']);

describe('a recharge by Alipay', () => {
  test('is booked once, however often the notification comes', async () => {
    const { status, body } = await recharge('12345');
    expect(status).toBe(201);
    const number = String(body['number']);
    expect(await cash()).toBe('0');
    await useCashier(String(body['payUrl']), 'pay');
    await rechargeIs(number, 'succeeded');
    expect(await cash()).toBe('12345');

    const [notification] = await listNotifications(sandbox.controlUrl, outTradeNoOf(number));
    await deliverAgain(sandbox.controlUrl, notification!.notifyId);
    await waitFor('the repeat to be answered', async () =>
      (await listNotifications(sandbox.controlUrl, outTradeNoOf(number))).every(
        (one) => one.state === 'delivered',
      ),
    );
    const inbox = await trade.world.sql(`select outcome from inbox where provider like 'alipay/%'`);
    expect(inbox).toHaveLength(1);
    expect(await cash()).toBe('12345');
  }, 60_000);

  test('for what an order misses pays that order by itself', async () => {
    const items = [
      {
        planId: trade.catalogue.hpc.planId,
        quantity: '2000',
        months: 0,
        pieces: 1,
        configuration: {},
        priceSeen: '15200',
      },
    ];
    const order = await customer.post('/orders', { items }, { key: randomUUID() });
    const number = String(order.body['number']);
    const short = await customer.post(`/orders/${number}/pay`, {}, { key: randomUUID() });
    const missing = (short.body['details'] as { missingFen: string }).missingFen;
    expect(missing).toBe('2855');
    const { body } = await recharge(missing, number);
    await useCashier(String(body['payUrl']), 'pay');
    await waitFor('the order to be completed', async () => {
      const answer = await customer.get(`/orders/${number}`);
      return answer.body['state'] === 'completed';
    });
    expect(await cash()).toBe('0');
  }, 60_000);

  test('a forged notification is not believed', async () => {
    const [{ callback_code: code }] = (await trade.world.sql(
      'select callback_code from payment_binding',
    )) as [{ callback_code: string }];
    const answer = await fetch(`${api.url}/callback/alipay/${code}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'charset=utf-8&sign_type=RSA2&sign=AAAA&app_id=1&trade_status=TRADE_SUCCESS',
    });
    expect(await answer.text()).toBe('fail');
  });

  test('is not offered by a seller without a merchant account', async () => {
    const other = await api.as(trade.tree.strangersCustomer.people['customer-admin']!);
    const answer = await other.post('/recharges', { amount: '100' }, { key: randomUUID() });
    expect(answer.body).toMatchObject({ code: 'ONLINE_PAYMENT_NOT_OFFERED' });
    expect((await other.get('/wallet')).body).toMatchObject({ onlinePayment: false });
  });
});
