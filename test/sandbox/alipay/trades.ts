import { randomInt, randomUUID } from 'node:crypto';
import type { Sandbox } from '../context.ts';

export interface Merchant {
  appId: string;
  sellerId: string;
  name: string;
  /** The application's public key, as a merchant uploads it to the console. */
  appPublicKey: string;
  /** Alipay's own pair for this application. */
  alipayPrivateKey: string;
  alipayPublicKey: string;
}

export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';

export interface Trade {
  appId: string;
  outTradeNo: string;
  tradeNo: string;
  totalAmount: string;
  subject: string;
  status: TradeStatus;
  buyerId: string;
  buyerLogonId: string;
  notifyUrl: string;
  createdAt: number;
  paidAt?: number;
  closedAt?: number;
  refunded?: string;
}

/** One opened cashier page; there is no trade before a buyer signs in on it. */
export interface PaySession {
  id: string;
  appId: string;
  outTradeNo: string;
  totalAmount: string;
  subject: string;
  notifyUrl: string;
  returnUrl: string;
  expiresAt: number;
  openedAt: number;
}

export interface Notification {
  notifyId: string;
  appId: string;
  outTradeNo: string;
  url: string;
  fields: Record<string, string>;
  /** `honest` is Alipay's own; the others are what a forger sends, once and without retries. */
  kind: 'honest' | 'stranger' | 'sha1' | 'altered';
  attempts: { at: number; answer: string }[];
  state: 'waiting' | 'delivered' | 'given-up' | 'suppressed';
}

export interface AlipayState {
  merchants: Record<string, Merchant>;
  trades: Record<string, Trade>;
  sessions: Record<string, PaySession>;
  notifications: Record<string, Notification>;
}

export const tradeKey = (appId: string, outTradeNo: string): string => `${appId}/${outTradeNo}`;

export function findTrade(sandbox: Sandbox, appId: string, outTradeNo: string): Trade | undefined {
  return sandbox.store.state.alipay.trades[tradeKey(appId, outTradeNo)];
}

/** Demo buyers of the cashier page. */
export const buyers = [
  { id: '2088102146225135', logonId: 'zha***@example.com', name: '张三' },
  { id: '2088102146225246', logonId: '138****0002', name: '李四' },
] as const;

/** The buyer signs in: now the trade exists. Returns the one that exists already for the same number. */
export function beginTrade(sandbox: Sandbox, session: PaySession, buyerIndex: number): Trade {
  const existing = findTrade(sandbox, session.appId, session.outTradeNo);
  if (existing) return existing;
  const buyer = buyers[buyerIndex] ?? buyers[0];
  const trade: Trade = {
    appId: session.appId,
    outTradeNo: session.outTradeNo,
    tradeNo: `${beijingTime(Date.now()).slice(0, 10).replaceAll('-', '')}22001${digits(15)}`,
    totalAmount: session.totalAmount,
    subject: session.subject,
    status: 'WAIT_BUYER_PAY',
    buyerId: buyer.id,
    buyerLogonId: buyer.logonId,
    notifyUrl: session.notifyUrl,
    createdAt: Date.now(),
  };
  sandbox.store.state.alipay.trades[tradeKey(trade.appId, trade.outTradeNo)] = trade;
  sandbox.scheduler.later(
    'alipay-expire',
    tradeKey(trade.appId, trade.outTradeNo),
    session.expiresAt - Date.now(),
  );
  sandbox.store.changed();
  return trade;
}

export function openSession(sandbox: Sandbox, session: Omit<PaySession, 'id' | 'openedAt'>): PaySession {
  const opened = { ...session, id: randomUUID(), openedAt: Date.now() };
  sandbox.store.state.alipay.sessions[opened.id] = opened;
  sandbox.store.changed();
  return opened;
}

/** Alipay writes Beijing time without a zone. */
export function beijingTime(milliseconds: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(milliseconds);
}

/** "2026-11-24 09:30:00" in Beijing → milliseconds; NaN when it is none. */
export function parseBeijingTime(text: string): number {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
    : Number.NaN;
}

export function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
