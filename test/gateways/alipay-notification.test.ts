import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pagePayUrl } from '../../activities/gateways/alipay.ts';
import { verifyAlipayNotification, type NotificationVerdict } from '../../db/payments/alipay-notification.ts';
import { outTradeNoOf } from '../../domain/payments/alipay.ts';
import type { AlipayBinding } from '../../domain/payments/bindings.ts';
import {
  actOnTrade,
  armFault,
  changeSettings,
  clearFaults,
  createDemoMerchant,
  deliverAgain,
  listNotifications,
  useCashier,
} from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait.ts';

let sandbox: RunningSandbox;
let receiver: Receiver;
let binding: AlipayBinding;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  receiver = await aReceiver();
  const merchant = await createDemoMerchant(sandbox.controlUrl, '开元云');
  binding = { ...merchant, notifyUrl: `${receiver.url}/callbacks/alipay/abc` };
  await changeSettings(sandbox.controlUrl, { alipayRetryMilliseconds: [50, 50, 50] });
});
afterEach(async () => {
  await clearFaults(sandbox.controlUrl);
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 200, body: 'success' });
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.stop();
});

const amount = 1_234_500n;

/** Pays one recharge under the given faults; `posts(n)` waits for n notifications of it. */
async function aPayment(...faults: string[]) {
  const rechargeNumber = `R20261124-NOTE${String(++count).padStart(4, '0')}`;
  const outTradeNo = outTradeNoOf(rechargeNumber);
  for (const name of faults) await armFault(sandbox.controlUrl, { service: 'alipay', name });
  const payUrl = pagePayUrl(binding, {
    rechargeNumber,
    amount,
    subject: '账户充值 100%',
    expiresAt: new Date(Date.now() + 600_000),
    returnUrl: 'http://127.0.0.1:9/',
  });
  await useCashier(payUrl, 'pay');
  const posts = async (expected: number): Promise<string[]> => {
    await waitFor(`${expected} notifications`, () => receiver.received.length >= expected);
    return receiver.received.map((post) => post.body);
  };
  const verify = (form: string, known: bigint | null = amount): Promise<NotificationVerdict> =>
    verifyAlipayNotification(form, binding, (number) =>
      Promise.resolve(number === rechargeNumber ? known : null),
    );
  const allDelivered = async (): Promise<boolean> =>
    (await listNotifications(sandbox.controlUrl, outTradeNo)).every((one) => one.state === 'delivered');
  return { rechargeNumber, outTradeNo, posts, verify, allDelivered };
}

describe('a notification of Alipay', () => {
  it('is believed when it is genuine, ours and about what we asked', async () => {
    const payment = await aPayment();
    const [form] = await payment.posts(1);
    expect(await payment.verify(form!)).toEqual({
      genuine: true,
      notification: {
        notifyId: expect.stringMatching(/^\d{8}/),
        rechargeNumber: payment.rechargeNumber,
        tradeNumber: expect.any(String),
        state: 'succeeded',
        amount,
        refunded: 0n,
        paidAt: expect.any(Date),
        fields: expect.objectContaining({ subject: '账户充值 100%', total_amount: '12345.00' }),
      },
    });
    await waitFor('delivered', payment.allDelivered);
  });

  it.each([
    ['forged-signature', 'BAD_SIGNATURE'],
    ['altered-after-signing', 'BAD_SIGNATURE'],
    ['sha1-signature', 'WRONG_SIGN_TYPE'],
    ['forged-app-id', 'OTHER_APPLICATION'],
    ['forged-seller-id', 'OTHER_SELLER'],
    ['forged-amount', 'AMOUNT_DIFFERS'],
    ['unknown-number', 'UNKNOWN_NUMBER'],
  ])('is refused: %s', async (fault, refusal) => {
    const payment = await aPayment(fault, 'no-notification');
    const [form] = await payment.posts(1);
    expect(await payment.verify(form!)).toEqual({ genuine: false, refusal });
  });

  it('is refused with another amount than we asked, an unknown number, or as a word of another merchant', async () => {
    const payment = await aPayment();
    const [form] = await payment.posts(1);
    expect(await payment.verify(form!, amount + 1n)).toEqual({ genuine: false, refusal: 'AMOUNT_DIFFERS' });
    expect(await payment.verify(form!, null)).toEqual({ genuine: false, refusal: 'UNKNOWN_NUMBER' });
    const other = await createDemoMerchant(sandbox.controlUrl, '别家');
    const verdict = await verifyAlipayNotification(form!, other, () => Promise.resolve(amount));
    expect(verdict).toEqual({ genuine: false, refusal: 'BAD_SIGNATURE' });
  });

  it('has one meaning only: repeated names, broken escapes and dropped signatures are refused', async () => {
    const payment = await aPayment();
    const [form] = await payment.posts(1);
    const refusals = async (changed: string): Promise<unknown> => (await payment.verify(changed)) as unknown;
    const malformed = { genuine: false, refusal: 'MALFORMED' };
    expect(await refusals(`${form}&total_amount=0.01`)).toEqual(malformed);
    expect(await refusals(`${form}&x=%E4%BD`)).toEqual(malformed);
    expect(await refusals(`${form}&lonely`)).toEqual(malformed);
    expect(await refusals('')).toEqual(malformed);
    expect(await refusals(form!.replace('charset=utf-8', 'charset=gbk'))).toEqual(malformed);
    expect(await refusals(`${form}&empty=`)).toEqual({ genuine: false, refusal: 'BAD_SIGNATURE' });
    expect(await refusals(form!.replace(/&sign=[^&]+/, ''))).toEqual({
      genuine: false,
      refusal: 'BAD_SIGNATURE',
    });
  });

  it('is believed unchanged or not at all, whatever character is changed', async () => {
    const payment = await aPayment();
    const form = (await payment.posts(1))[0]!;
    const genuine = await payment.verify(form);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(form.length - 1),
        fc.constantFrom('', '0', '1', 'A', '%', '&', '=', '+', '%00', '%2B', '\n', '😀'),
        async (position, replacement) => {
          const changed = form.slice(0, position) + replacement + form.slice(position + 1);
          const verdict = await payment.verify(changed);
          // Another spelling of the same fields (`%2F` for `%2f`) is the same notification.
          if (verdict.genuine) expect(unsigned(verdict)).toEqual(unsigned(genuine));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('comes again with the same id until it is answered success', async () => {
    let refused = 0;
    receiver.answer = () =>
      ++refused <= 2 ? { status: 500, body: 'later' } : { status: 200, body: 'success' };
    const payment = await aPayment();
    const forms = await payment.posts(3);
    const ids = await Promise.all(forms.map(async (form) => idOf(await payment.verify(form))));
    expect(new Set(ids).size).toBe(1);
    await waitFor('delivered', payment.allDelivered);
  });

  it('may come twice, and late', async () => {
    const payment = await aPayment('duplicate-notification');
    const forms = await payment.posts(2);
    const ids = await Promise.all(forms.map(async (form) => idOf(await payment.verify(form))));
    expect(ids[0]).toBe(ids[1]);
    receiver.received.length = 0;
    await armFault(sandbox.controlUrl, {
      service: 'alipay',
      name: 'late-notification',
      delayMilliseconds: 300,
    });
    const late = await aPayment();
    expect(receiver.received).toHaveLength(0);
    expect(idOf(await late.verify((await late.posts(1))[0]!))).toBeTruthy();
  });

  it('may be overtaken by a newer one', async () => {
    const payment = await aPayment('reordered-notification');
    const forms = await payment.posts(2);
    const states = await Promise.all(
      forms.map(async (form) => {
        const verdict = await payment.verify(form);
        return verdict.genuine && verdict.notification.state;
      }),
    );
    expect(states).toEqual(['succeeded', 'waiting']);
  });

  it('of a refund says succeeded again, with what was refunded', async () => {
    const payment = await aPayment();
    await payment.posts(1);
    await actOnTrade(sandbox.controlUrl, payment.outTradeNo, 'refund', '100.50');
    const verdict = await payment.verify((await payment.posts(2))[1]!);
    expect(verdict).toMatchObject({
      genuine: true,
      notification: { state: 'succeeded', amount, refunded: 10_050n },
    });
  });

  it('can be asked for again by hand', async () => {
    const payment = await aPayment();
    await payment.posts(1);
    const [sent] = await listNotifications(sandbox.controlUrl, payment.outTradeNo);
    await deliverAgain(sandbox.controlUrl, sent!.notifyId);
    expect(await payment.posts(2)).toHaveLength(2);
  });
});

/** A notification without the text of its signature, of which base64 has several spellings. */
function unsigned(verdict: NotificationVerdict): unknown {
  if (!verdict.genuine) return verdict;
  return { ...verdict.notification, fields: { ...verdict.notification.fields, sign: '' } };
}

function idOf(verdict: NotificationVerdict): string | undefined {
  return verdict.genuine ? verdict.notification.notifyId : undefined;
}
