import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { closeTrade, pagePayUrl, queryTrade } from '../../activities/gateways/alipay.ts';
import { outTradeNoOf } from '../../domain/payments/alipay.ts';
import type { AlipayBinding } from '../../domain/payments/bindings.ts';
import {
  actOnTrade,
  armFault,
  clearFaults,
  createDemoMerchant,
  listTrades,
  useCashier,
} from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { waitFor } from '../support/wait.ts';

let sandbox: RunningSandbox;
let binding: AlipayBinding;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  binding = {
    ...(await createDemoMerchant(sandbox.controlUrl, '开元云')),
    notifyUrl: 'http://127.0.0.1:9/nobody',
  };
});
afterEach(() => clearFaults(sandbox.controlUrl));
afterAll(() => sandbox.stop());

const amount = 8_888n;

function aRecharge(change: { expiresInSeconds?: number; amount?: bigint; rechargeNumber?: string } = {}) {
  const rechargeNumber = change.rechargeNumber ?? `R20261124-TEST${String(++count).padStart(4, '0')}`;
  const payUrl = pagePayUrl(binding, {
    rechargeNumber,
    amount: change.amount ?? amount,
    subject: '充值 / 100% & "引号" = 好',
    expiresAt: new Date(Date.now() + (change.expiresInSeconds ?? 1800) * 1000),
    returnUrl: 'http://127.0.0.1:9/back?from=alipay',
  });
  return { rechargeNumber, payUrl, query: () => queryTrade(binding, { rechargeNumber, amount }) };
}

/** Broken connections are armed twice: the SDK's HTTP client repeats a call once after one. */
function fault(name: string, rechargeNumber: string) {
  const times = name.startsWith('lost-') ? 2 : 1;
  return armFault(sandbox.controlUrl, {
    service: 'alipay',
    name,
    match: outTradeNoOf(rechargeNumber),
    times,
  });
}

const stateOf = (state: string) => ({ outcome: 'accepted', value: expect.objectContaining({ state }) });

describe('page pay', () => {
  it('exists only once a buyer signs in, then waits, then is paid', async () => {
    const recharge = aRecharge();
    expect(await recharge.query()).toEqual({
      outcome: 'accepted',
      value: { state: 'absent', tradeNumber: null, paidAt: null },
    });
    await useCashier(recharge.payUrl, 'login');
    expect(await recharge.query()).toEqual(stateOf('waiting'));
    const before = Date.now();
    expect(await useCashier(recharge.payUrl, 'pay')).toContain('付款成功');
    const paid = await recharge.query();
    expect(paid).toEqual({
      outcome: 'accepted',
      value: { state: 'succeeded', tradeNumber: expect.stringMatching(/^\d{28}$/), paidAt: expect.any(Date) },
    });
    const paidAt = paid.outcome === 'accepted' ? paid.value.paidAt!.getTime() : 0;
    expect(Math.abs(paidAt - before)).toBeLessThan(5_000);
  });

  it('shows the person what is paid to whom, and takes no twice', async () => {
    const recharge = aRecharge();
    const cashier = (await fetch(recharge.payUrl, { redirect: 'manual' })).headers.get('location')!;
    const page = await (await fetch(cashier)).text();
    expect(page).toContain('¥88.88');
    expect(page).toContain('开元云');
    await useCashier(recharge.payUrl, 'pay');
    expect(await useCashier(recharge.payUrl, 'pay')).toContain('ACQ.TRADE_HAS_SUCCESS');
    expect(await listTrades(sandbox.controlUrl, outTradeNoOf(recharge.rechargeNumber))).toHaveLength(1);
  });

  it('is signed with what was asked: a changed address is refused', async () => {
    const { payUrl } = aRecharge();
    expect(await useCashier(payUrl.replace('88.88', '0.01'), 'pay')).toContain('isv.invalid-signature');
    const local = new URL(payUrl);
    local.searchParams.set('timestamp', '2020-01-01 00:00:00');
    expect(await useCashier(local.toString(), 'pay')).toContain('isv.invalid-timestamp');
  });

  it('does not let another amount under the same number pass', async () => {
    const recharge = aRecharge();
    await useCashier(recharge.payUrl, 'login');
    const dearer = aRecharge({ rechargeNumber: recharge.rechargeNumber, amount: 9_999n });
    expect(await useCashier(dearer.payUrl, 'pay')).toContain('ACQ.CONTEXT_INCONSISTENT');
  });

  it('is over at its expiry', async () => {
    const recharge = aRecharge({ expiresInSeconds: 1 });
    await useCashier(recharge.payUrl, 'login');
    await expectEventually(recharge.query, 'closed');
    expect(await useCashier(recharge.payUrl, 'pay')).toContain('无法付款');
  });
});

describe('close', () => {
  it('closes what waits, says absent for what never began, and cannot say for what is paid', async () => {
    const waiting = aRecharge();
    await useCashier(waiting.payUrl, 'login');
    expect(await closeTrade(binding, waiting.rechargeNumber)).toEqual(stateOf('closed'));
    expect(await waiting.query()).toEqual(stateOf('closed'));
    expect(await closeTrade(binding, aRecharge().rechargeNumber)).toEqual(stateOf('absent'));
    const paid = aRecharge();
    await useCashier(paid.payUrl, 'pay');
    expect(await closeTrade(binding, paid.rechargeNumber)).toMatchObject({
      outcome: 'unknown',
      code: 'ACQ.TRADE_STATUS_ERROR',
    });
  });

  it('may be answered before a payment that still succeeds', async () => {
    const recharge = aRecharge();
    await useCashier(recharge.payUrl, 'login');
    await fault('success-after-close', recharge.rechargeNumber);
    expect(await closeTrade(binding, recharge.rechargeNumber)).toEqual(stateOf('closed'));
    await expectEventually(recharge.query, 'succeeded');
  });

  it.each([1, 2])('is unknown when the answer is lost %d times, and was done', async (times) => {
    const recharge = aRecharge();
    await useCashier(recharge.payUrl, 'login');
    await armFault(sandbox.controlUrl, { service: 'alipay', name: 'lost-answer', times });
    expect(await closeTrade(binding, recharge.rechargeNumber)).toMatchObject({ outcome: 'unknown' });
    expect(await recharge.query()).toEqual(stateOf('closed'));
  });
});

describe('answers that prove nothing are unknown', () => {
  it.each([
    ['lost-request', 'NO_VALID_ANSWER'],
    ['lost-answer', 'NO_VALID_ANSWER'],
    ['html-502', 'NO_VALID_ANSWER'],
    ['forged-answer', 'NO_VALID_ANSWER'],
    ['unsigned-answer', 'NO_VALID_ANSWER'],
    ['system-error', 'isp.unknow-error'],
    ['other-amount-answer', 'AMOUNT_DIFFERS'],
  ])('%s', async (name, code) => {
    const recharge = aRecharge();
    await useCashier(recharge.payUrl, 'pay');
    await fault(name, recharge.rechargeNumber);
    expect(await recharge.query()).toMatchObject({ outcome: 'unknown', code });
    expect(await recharge.query()).toEqual(stateOf('succeeded'));
  });

  it('waits for a slow answer', async () => {
    const recharge = aRecharge();
    await armFault(sandbox.controlUrl, { service: 'alipay', name: 'slow-answer', delayMilliseconds: 200 });
    expect(await recharge.query()).toEqual(stateOf('absent'));
  });

  it('is rejected for a key that Alipay does not know', async () => {
    const other = await createDemoMerchant(sandbox.controlUrl, '别家');
    const wrong = { ...binding, appPrivateKey: other.appPrivateKey };
    const answer = await queryTrade(wrong, { rechargeNumber: aRecharge().rechargeNumber, amount });
    expect(answer).toMatchObject({ outcome: 'rejected', code: 'isv.invalid-signature' });
  });

  it('knows a finished and a refunded trade', async () => {
    const finished = aRecharge();
    await useCashier(finished.payUrl, 'pay');
    await actOnTrade(sandbox.controlUrl, outTradeNoOf(finished.rechargeNumber), 'finish');
    expect(await finished.query()).toEqual(stateOf('finished'));
    const refunded = aRecharge();
    await useCashier(refunded.payUrl, 'pay');
    await actOnTrade(sandbox.controlUrl, outTradeNoOf(refunded.rechargeNumber), 'refund');
    expect(await refunded.query()).toEqual(stateOf('closed'));
  });
});

async function expectEventually(query: () => ReturnType<typeof queryTrade>, state: string): Promise<void> {
  await waitFor(`trade is ${state}`, async () => {
    const answer = await query();
    return answer.outcome === 'accepted' && answer.value.state === state;
  });
}
