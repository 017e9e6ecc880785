import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../context.ts';
import { rsaKeyPair, rsaSign, signingText } from './signature.ts';
import {
  beijingTime,
  tradeKey,
  type Merchant,
  type Notification,
  type Trade,
  type TradeStatus,
} from './trades.ts';

/** Tells the merchant that a trade changed, with whatever faults are armed for its number. */
export function notifyMerchant(sandbox: Sandbox, trade: Trade): void {
  if (trade.notifyUrl === '') return;
  const { faults } = sandbox;
  const struck = (name: string) => faults.take('alipay', name, trade.outTradeNo);
  const fields = notificationFields(sandbox, trade, trade.status);
  for (const forgery of forgeries) {
    if (struck(forgery.fault))
      enqueue(sandbox, trade, { ...fields, ...forgery.fields(trade) }, forgery.kind, 0);
  }
  if (struck('no-notification')) return;
  const delay = struck('late-notification')?.delayMilliseconds;
  const notification = enqueue(sandbox, trade, fields, 'honest', delay ?? 0);
  if (struck('duplicate-notification')) sandbox.scheduler.later('alipay-notify', notification.notifyId, 0);
  if (struck('reordered-notification')) {
    enqueue(sandbox, trade, notificationFields(sandbox, trade, 'WAIT_BUYER_PAY'), 'honest', 300);
  }
}

const forgeries: {
  fault: string;
  kind: Notification['kind'];
  fields: (trade: Trade) => Record<string, string>;
}[] = [
  { fault: 'forged-signature', kind: 'stranger', fields: () => ({}) },
  { fault: 'sha1-signature', kind: 'sha1', fields: () => ({ sign_type: 'RSA' }) },
  { fault: 'altered-after-signing', kind: 'altered', fields: () => ({}) },
  {
    fault: 'forged-amount',
    kind: 'honest',
    fields: () => ({ total_amount: '0.01', notify_id: randomUUID() }),
  },
  {
    fault: 'forged-app-id',
    kind: 'honest',
    fields: () => ({ app_id: '2021000000000000', notify_id: randomUUID() }),
  },
  {
    fault: 'forged-seller-id',
    kind: 'honest',
    fields: () => ({ seller_id: '2088000000000000', notify_id: randomUUID() }),
  },
  {
    fault: 'unknown-number',
    kind: 'honest',
    fields: () => ({ out_trade_no: 'R20200101_00000000', notify_id: randomUUID() }),
  },
];

function notificationFields(sandbox: Sandbox, trade: Trade, status: TradeStatus): Record<string, string> {
  const merchant = merchantOf(sandbox, trade.appId);
  const isPaid = status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED';
  return {
    notify_type: 'trade_status_sync',
    notify_id: `${beijingTime(Date.now()).slice(0, 10).replaceAll('-', '')}00222${randomUUID().replaceAll('-', '')}`,
    app_id: trade.appId,
    auth_app_id: trade.appId,
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    trade_status: status,
    subject: trade.subject,
    total_amount: trade.totalAmount,
    buyer_id: trade.buyerId,
    seller_id: merchant.sellerId,
    gmt_create: beijingTime(trade.createdAt),
    ...(isPaid && trade.paidAt !== undefined
      ? {
          gmt_payment: beijingTime(trade.paidAt),
          receipt_amount: trade.totalAmount,
          invoice_amount: trade.totalAmount,
          buyer_pay_amount: trade.totalAmount,
          point_amount: '0.00',
          fund_bill_list: JSON.stringify([{ amount: trade.totalAmount, fundChannel: 'ALIPAYACCOUNT' }]),
        }
      : {}),
    ...(trade.closedAt === undefined ? {} : { gmt_close: beijingTime(trade.closedAt) }),
    ...(trade.refunded === undefined
      ? {}
      : { refund_fee: trade.refunded, gmt_refund: beijingTime(Date.now()) }),
  };
}

function enqueue(
  sandbox: Sandbox,
  trade: Trade,
  fields: Record<string, string>,
  kind: Notification['kind'],
  delay: number,
): Notification {
  const isForged = kind !== 'honest' || fields['out_trade_no'] !== trade.outTradeNo;
  const notifyId = isForged ? randomUUID() : fields['notify_id']!;
  const notification: Notification = {
    notifyId,
    appId: trade.appId,
    outTradeNo: trade.outTradeNo,
    url: trade.notifyUrl,
    fields,
    kind,
    attempts: [],
    state: 'waiting',
  };
  sandbox.store.state.alipay.notifications[notifyId] = notification;
  sandbox.scheduler.later('alipay-notify', notifyId, delay);
  return notification;
}

/** One delivery; anything but the seven letters `success` is tried again by the schedule. */
export async function deliverNotification(sandbox: Sandbox, notifyId: string): Promise<void> {
  const notification = sandbox.store.state.alipay.notifications[notifyId];
  if (!notification) return;
  const answer = await post(notification.url, signedForm(sandbox, notification));
  notification.attempts.push({ at: Date.now(), answer: answer.slice(0, 200) });
  const wait = sandbox.store.state.settings.alipayRetryMilliseconds[notification.attempts.length - 1];
  if (answer === '200 success') {
    notification.state = 'delivered';
  } else if (notification.state !== 'delivered') {
    notification.state = 'given-up';
    if (notification.kind === 'honest' && wait !== undefined) {
      notification.state = 'waiting';
      sandbox.scheduler.later('alipay-notify', notifyId, wait);
    }
  }
  sandbox.store.changed();
}

let stranger: { privateKey: string } | undefined;

function signedForm(sandbox: Sandbox, notification: Notification): string {
  const merchant = merchantOf(sandbox, notification.appId);
  stranger ??= rsaKeyPair();
  const key = notification.kind === 'stranger' ? stranger.privateKey : merchant.alipayPrivateKey;
  const fields: Record<string, string> = { ...notification.fields, notify_time: beijingTime(Date.now()) };
  const text = signingText(Object.entries(fields), ['sign', 'sign_type']);
  fields['sign'] = rsaSign(text, key, notification.kind === 'sha1' ? 'sha1' : 'sha256');
  if (notification.kind === 'altered') fields['total_amount'] = '99999.99';
  return new URLSearchParams(fields).toString();
}

async function post(url: string, form: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    return `${response.status} ${(await response.text()).trim()}`;
  } catch (error) {
    return `no answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function merchantOf(sandbox: Sandbox, appId: string): Merchant {
  return sandbox.store.state.alipay.merchants[appId]!;
}

/** Closes a trade that nobody paid in time. */
export function expireTrade(sandbox: Sandbox, key: string): void {
  const trade = sandbox.store.state.alipay.trades[key];
  if (trade?.status === 'WAIT_BUYER_PAY') closeUnpaid(sandbox, trade);
}

export function closeUnpaid(sandbox: Sandbox, trade: Trade): void {
  trade.status = 'TRADE_CLOSED';
  trade.closedAt = Date.now();
  sandbox.store.changed();
  if (sandbox.faults.take('alipay', 'success-after-close', trade.outTradeNo)) {
    sandbox.scheduler.later('alipay-late-success', tradeKey(trade.appId, trade.outTradeNo), 200);
  } else {
    notifyMerchant(sandbox, trade);
  }
}

/** The bank's yes arrives: the trade is paid, whatever it was before. */
export function succeed(sandbox: Sandbox, trade: Trade): void {
  trade.status = 'TRADE_SUCCESS';
  trade.paidAt = Date.now();
  delete trade.closedAt;
  sandbox.store.changed();
  notifyMerchant(sandbox, trade);
}
