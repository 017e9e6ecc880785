import type { Response } from 'express';
import type { Sandbox } from '../context.ts';
import { cashierError } from '../pages/cashier.ts';
import { invalid, type Business } from './gateway.ts';
import { findTrade, openSession, parseBeijingTime, type Merchant } from './trades.ts';

/** alipay.trade.page.pay: checks the order and sends the browser to the cashier page; no trade exists yet. */
export function pagePay(
  sandbox: Sandbox,
  merchant: Merchant,
  parameters: Map<string, string>,
  business: Business,
  response: Response,
): void {
  const text = (name: string): string => (typeof business[name] === 'string' ? business[name] : '');
  const outTradeNo = text('out_trade_no');
  const totalAmount = text('total_amount');
  const expiresAt =
    text('time_expire') === '' ? Date.now() + 15 * 86_400_000 : parseBeijingTime(text('time_expire'));
  const problem = firstProblem([
    [/^[A-Za-z0-9_]{1,64}$/.test(outTradeNo), 'out_trade_no 仅支持字母、数字、下划线，64 个字符以内'],
    [/^\d{1,9}\.\d{2}$|^\d{1,9}$/.test(totalAmount) && Number(totalAmount) >= 0.01, 'total_amount 无效'],
    [Number(totalAmount) <= 100_000_000, 'total_amount 超过上限'],
    [/^[^/=&]{1,256}$/u.test(text('subject')), 'subject 缺失、过长或含特殊字符'],
    [text('product_code') === 'FAST_INSTANT_TRADE_PAY', 'product_code 须为 FAST_INSTANT_TRADE_PAY'],
    [expiresAt > Date.now(), 'time_expire 无效或已过期'],
  ]);
  const trade = findTrade(sandbox, merchant.appId, outTradeNo);
  const conflict =
    trade &&
    ((trade.status === 'TRADE_CLOSED' && invalid('ACQ.TRADE_HAS_CLOSE', '交易已经关闭')) ||
      (trade.status !== 'WAIT_BUYER_PAY' && invalid('ACQ.TRADE_HAS_SUCCESS', '交易已被支付')) ||
      (Number(trade.totalAmount) !== Number(totalAmount) &&
        invalid('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改')));
  const refusal = problem === undefined ? conflict : invalid('ACQ.INVALID_PARAMETER', problem);
  if (refusal) {
    response.status(200).type('html').send(cashierError(refusal));
    return;
  }
  const session = openSession(sandbox, {
    appId: merchant.appId,
    outTradeNo,
    totalAmount: Number(totalAmount).toFixed(2),
    subject: text('subject'),
    notifyUrl: parameters.get('notify_url') ?? '',
    returnUrl: parameters.get('return_url') ?? '',
    expiresAt,
  });
  response.redirect(302, `${sandbox.url()}/alipay/cashier/${session.id}`);
}

function firstProblem(checks: [isRight: boolean, problem: string][]): string | undefined {
  return checks.find(([isRight]) => !isRight)?.[1];
}
