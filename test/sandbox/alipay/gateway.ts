import type { Request, Response, Router } from 'express';
import type { Sandbox } from '../context.ts';
import { bodyText, struckAfter, struckBefore } from '../http.ts';
import { cashierError } from '../pages/cashier.ts';
import { closeUnpaid } from './notifications.ts';
import { pagePay } from './page-pay.ts';
import { rsaKeyPair, rsaSign, rsaVerify, signingText } from './signature.ts';
import { beijingTime, findTrade, parseBeijingTime, type Merchant, type Trade } from './trades.ts';

type Answer = Record<string, string>;
export type Business = Record<string, unknown>;

export const success: Answer = { code: '10000', msg: 'Success' };
const failed = (subCode: string, subMessage: string): Answer => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: subMessage,
});
export const invalid = (subCode: string, subMessage: string): Answer => ({
  code: '40002',
  msg: 'Invalid Arguments',
  sub_code: subCode,
  sub_msg: subMessage,
});

/** openapi.alipay.com/gateway.do: every parameter in the query or the form, RSA2 in and out. */
export function mountAlipayGateway(router: Router, sandbox: Sandbox): void {
  router.all('/alipay/gateway.do', async (request, response) => {
    const parameters = readParameters(request);
    const business = readBusiness(parameters);
    const number = String(business?.['out_trade_no'] ?? '');
    if (await struckBefore(sandbox.faults, 'alipay', number, response)) return;
    const merchant = sandbox.store.state.alipay.merchants[parameters.get('app_id') ?? ''];
    const refusal = verifyRequest(parameters, merchant);
    if (parameters.get('method') === 'alipay.trade.page.pay') {
      const problem =
        refusal ?? (business ? undefined : invalid('isv.invalid-parameter', 'biz_content 不是 JSON'));
      if (problem) response.status(200).type('html').send(cashierError(problem));
      else pagePay(sandbox, merchant!, parameters, business!, response);
      return;
    }
    const answer = refusal ?? execute(sandbox, merchant!, parameters, business);
    if (struckAfter(sandbox.faults, 'alipay', number, response)) return;
    send(sandbox, response, parameters.get('method') ?? '', answer, merchant, number);
  });
}

function readParameters(request: Request): Map<string, string> {
  const query = new URL(request.originalUrl, 'http://sandbox').searchParams;
  return new Map([...query, ...new URLSearchParams(bodyText(request))]);
}

function readBusiness(parameters: Map<string, string>): Business | undefined {
  try {
    return JSON.parse(parameters.get('biz_content') ?? '') as Business;
  } catch {
    return undefined;
  }
}

/**
 * As Alipay does, and stricter in one thing: a time stamp older than two hours (a pay address may lie open for a while)
 * or in the future is refused, so that a server that writes UTC for Beijing time is found out.
 */
function verifyRequest(parameters: Map<string, string>, merchant: Merchant | undefined): Answer | undefined {
  if (!merchant) return invalid('isv.invalid-app-id', '无效的AppID参数');
  if (parameters.get('sign_type') !== 'RSA2') return invalid('isv.invalid-signature-type', '无效签名类型');
  if (parameters.get('charset')?.toLowerCase() !== 'utf-8') return invalid('isv.invalid-charset', '无效编码');
  if (parameters.get('version') !== '1.0') return invalid('isv.invalid-version', '无效版本');
  const age = Date.now() - parseBeijingTime(parameters.get('timestamp') ?? '');
  if (!(age >= -15 * 60_000 && age <= 2 * 3600_000)) {
    return invalid('isv.invalid-timestamp', '非法的时间戳参数（须为北京时间）');
  }
  const text = signingText(parameters);
  if (!rsaVerify(text, merchant.appPublicKey, parameters.get('sign') ?? '')) {
    return invalid('isv.invalid-signature', `验签出错，网关生成的验签字符串为：${text}`);
  }
  return undefined;
}

function execute(
  sandbox: Sandbox,
  merchant: Merchant,
  parameters: Map<string, string>,
  business: Business | undefined,
): Answer {
  if (!business) return invalid('isv.invalid-parameter', 'biz_content 不是 JSON');
  const number = String(business['out_trade_no'] ?? '');
  if (sandbox.faults.take('alipay', 'system-error', number)) {
    return {
      code: '20000',
      msg: 'Service Currently Unavailable',
      sub_code: 'isp.unknow-error',
      sub_msg: '系统繁忙',
    };
  }
  const trade = findTrade(sandbox, merchant.appId, number);
  switch (parameters.get('method')) {
    case 'alipay.trade.query':
      return trade ? describe(sandbox, trade) : failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
    case 'alipay.trade.close':
      if (!trade) return failed('ACQ.TRADE_NOT_EXIST', '交易不存在');
      if (trade.status !== 'WAIT_BUYER_PAY') return failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法');
      closeUnpaid(sandbox, trade);
      return { ...success, trade_no: trade.tradeNo, out_trade_no: trade.outTradeNo };
    default:
      return invalid('isv.invalid-method', '不存在的方法名');
  }
}

function describe(sandbox: Sandbox, trade: Trade): Answer {
  const isPaid = trade.status === 'TRADE_SUCCESS' || trade.status === 'TRADE_FINISHED';
  const isOther = sandbox.faults.take('alipay', 'other-amount-answer', trade.outTradeNo);
  return {
    ...success,
    buyer_logon_id: trade.buyerLogonId,
    buyer_pay_amount: isPaid ? trade.totalAmount : '0.00',
    buyer_user_id: trade.buyerId,
    invoice_amount: isPaid ? trade.totalAmount : '0.00',
    out_trade_no: trade.outTradeNo,
    point_amount: '0.00',
    receipt_amount: isPaid ? trade.totalAmount : '0.00',
    ...(trade.paidAt === undefined ? {} : { send_pay_date: beijingTime(trade.paidAt) }),
    total_amount: isOther ? '0.01' : trade.totalAmount,
    trade_no: trade.tradeNo,
    trade_status: trade.status,
  };
}

let stranger: string | undefined;

/** The signature covers the text between the method's key and `,"sign"`, byte for byte. */
function send(
  sandbox: Sandbox,
  response: Response,
  method: string,
  answer: Answer,
  merchant: Merchant | undefined,
  number: string,
): void {
  const content = JSON.stringify(answer);
  const key = `${method.replaceAll('.', '_')}_response`;
  const isForged = sandbox.faults.take('alipay', 'forged-answer', number);
  const isUnsigned = !merchant || sandbox.faults.take('alipay', 'unsigned-answer', number);
  if (isForged) stranger ??= rsaKeyPair().privateKey;
  const signature = isUnsigned
    ? ''
    : `,"sign":"${rsaSign(content, isForged ? stranger! : merchant.alipayPrivateKey)}"`;
  response.status(200).type('text/html;charset=utf-8').send(`{"${key}":${content}${signature}}`);
}
