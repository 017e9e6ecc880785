import type { Response, Router } from 'express';
import type { Sandbox } from '../context.ts';
import { bodyText } from '../http.ts';
import { cashierDone, cashierError, cashierPage } from '../pages/cashier.ts';
import { invalid } from './gateway.ts';
import { succeed } from './notifications.ts';
import { rsaSign, signingText } from './signature.ts';
import { beginTrade, beijingTime, findTrade, type PaySession, type Trade } from './trades.ts';

/** The page on which a person signs in and pays, or goes back. */
export function mountCashier(router: Router, sandbox: Sandbox): void {
  const { alipay } = sandbox.store.state;

  const openOrExplain = (
    id: string,
    response: Response,
  ): { session: PaySession; trade: Trade | undefined } | undefined => {
    const session = alipay.sessions[id];
    const trade = session && findTrade(sandbox, session.appId, session.outTradeNo);
    const isOver = session && session.expiresAt <= Date.now() && trade?.status !== 'TRADE_SUCCESS';
    if (!session || isOver || trade?.status === 'TRADE_CLOSED') {
      const problem = session ? '该笔交易已超时关闭，请返回商家重新下单' : '收银台链接无效';
      response
        .status(200)
        .type('html')
        .send(cashierError(invalid('TRADE_CLOSED', problem)));
      return undefined;
    }
    return { session, trade };
  };

  router.get('/alipay/cashier/:id', (request, response) => {
    const open = openOrExplain(request.params.id, response);
    if (!open) return;
    const merchant = alipay.merchants[open.session.appId]!;
    const isPaid = open.trade !== undefined && open.trade.status !== 'WAIT_BUYER_PAY';
    const page = isPaid
      ? cashierDone(open.trade!, merchant, returnAddress(sandbox, open.session, open.trade!))
      : cashierPage(open.session, merchant, open.trade);
    response.type('html').send(page);
  });

  router.post('/alipay/cashier/:id', (request, response) => {
    const open = openOrExplain(request.params.id, response);
    if (!open) return;
    const form = new URLSearchParams(bodyText(request));
    const action = form.get('action');
    if (action === 'cancel') {
      response.redirect(303, open.session.returnUrl || sandbox.url());
      return;
    }
    const trade = beginTrade(sandbox, open.session, Number(form.get('buyer') ?? 0));
    if (action === 'pay' && trade.status === 'WAIT_BUYER_PAY') succeed(sandbox, trade);
    response.redirect(303, `${sandbox.url()}/alipay/cashier/${open.session.id}`);
  });
}

/** Where the browser goes back to, with Alipay's signed parameters that prove nothing to a careful merchant. */
function returnAddress(sandbox: Sandbox, session: PaySession, trade: Trade): string {
  if (session.returnUrl === '') return '';
  const merchant = sandbox.store.state.alipay.merchants[session.appId]!;
  const fields: Record<string, string> = {
    charset: 'utf-8',
    out_trade_no: trade.outTradeNo,
    method: 'alipay.trade.page.pay.return',
    total_amount: trade.totalAmount,
    trade_no: trade.tradeNo,
    auth_app_id: trade.appId,
    version: '1.0',
    app_id: trade.appId,
    sign_type: 'RSA2',
    seller_id: merchant.sellerId,
    timestamp: beijingTime(Date.now()),
  };
  fields['sign'] = rsaSign(
    signingText(Object.entries(fields), ['sign', 'sign_type']),
    merchant.alipayPrivateKey,
  );
  const address = new URL(session.returnUrl);
  for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
  return address.toString();
}
