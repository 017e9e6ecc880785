import { AlipaySdk, type AlipaySdkCommonResult } from 'alipay-sdk';
import type { Fen } from '../../domain/money.ts';
import type { GatewayOutcome } from '../../domain/outcomes.ts';
import {
  alipayTradeState,
  formatAlipayAmount,
  formatAlipayTime,
  outTradeNoOf,
  parseAlipayAmount,
  parseAlipayTime,
  type AlipayTradeState,
} from '../../domain/payments/alipay.ts';
import type { AlipayBinding } from '../../domain/payments/bindings.ts';

export interface PagePayRequest {
  rechargeNumber: string;
  amount: Fen;
  /** What the buyer reads on the cashier page, at most 256 characters. */
  subject: string;
  /** Alipay closes an unpaid trade at this instant. */
  expiresAt: Date;
  /** Where the browser goes afterwards; its arrival proves nothing. */
  returnUrl: string;
}

export interface AlipayTrade {
  state: AlipayTradeState;
  /** Alipay's own number; null while absent. */
  tradeNumber: string | null;
  paidAt: Date | null;
}

const answerTimeoutMilliseconds = 10_000;

function sdkFor(binding: AlipayBinding): AlipaySdk {
  return new AlipaySdk({
    appId: binding.appId,
    privateKey: binding.appPrivateKey.trim(),
    keyType: binding.appPrivateKey.includes('BEGIN RSA PRIVATE KEY') ? 'PKCS1' : 'PKCS8',
    alipayPublicKey: binding.alipayPublicKey.trim(),
    gateway: binding.gatewayUrl,
    signType: 'RSA2',
    timeout: answerTimeoutMilliseconds,
  });
}

/**
 * The address of the cashier page for a recharge (alipay.trade.page.pay). Nothing is sent: the browser goes there, and
 * the trade exists at Alipay only once a buyer has signed in. GET, because the SDK's POST form needs inline script; the
 * time stamp is given, because the SDK would write the process's own zone where Alipay expects Beijing.
 */
export function pagePayUrl(binding: AlipayBinding, request: PagePayRequest): string {
  return sdkFor(binding).pageExec('alipay.trade.page.pay', 'GET', {
    timestamp: formatAlipayTime(new Date()),
    notifyUrl: binding.notifyUrl,
    returnUrl: request.returnUrl,
    bizContent: {
      outTradeNo: outTradeNoOf(request.rechargeNumber),
      totalAmount: formatAlipayAmount(request.amount),
      // Alipay refuses these characters in a subject.
      subject: request.subject.replace(/[/=&]/g, ' ').slice(0, 256),
      productCode: 'FAST_INSTANT_TRADE_PAY',
      timeExpire: formatAlipayTime(request.expiresAt),
    },
  });
}

/**
 * Asks Alipay how a recharge stands. An answer that names another number or another amount than ours is `unknown`
 * (codes ANSWER_OF_OTHER_TRADE, AMOUNT_DIFFERS): a person has to look, nothing may be booked.
 */
export async function queryTrade(
  binding: AlipayBinding,
  recharge: { rechargeNumber: string; amount: Fen },
): Promise<GatewayOutcome<AlipayTrade>> {
  const answer = await call(binding, 'alipay.trade.query', recharge.rechargeNumber);
  if (answer.outcome === 'rejected' && answer.code === 'ACQ.TRADE_NOT_EXIST') {
    return { outcome: 'accepted', value: { state: 'absent', tradeNumber: null, paidAt: null } };
  }
  if (answer.outcome !== 'accepted') return answer;
  const { outTradeNo, tradeNo, tradeStatus, totalAmount, sendPayDate } = answer.value;
  if (outTradeNo !== outTradeNoOf(recharge.rechargeNumber)) {
    return unknown('ANSWER_OF_OTHER_TRADE', `asked for ${recharge.rechargeNumber}, answered ${outTradeNo}`);
  }
  if (parseAlipayAmount(totalAmount) !== recharge.amount) {
    return unknown(
      'AMOUNT_DIFFERS',
      `${recharge.rechargeNumber}: ours ${recharge.amount} 分, theirs ${totalAmount} 元`,
    );
  }
  const state = alipayTradeState(tradeStatus);
  if (!state || !tradeNo) return unknown('UNREADABLE_ANSWER', `trade_status ${tradeStatus}`);
  return {
    outcome: 'accepted',
    value: { state, tradeNumber: tradeNo, paidAt: parseAlipayTime(sendPayDate) },
  };
}

/**
 * Closes an unpaid trade. Accepted with `absent` means that no buyer had signed in: the cashier page may still be open
 * until the trade's own expiry. ACQ.TRADE_STATUS_ERROR is `unknown`: the trade was paid meanwhile, or closed by an
 * earlier call whose answer was lost (the SDK's HTTP client repeats once after a broken connection). Query tells.
 */
export async function closeTrade(
  binding: AlipayBinding,
  rechargeNumber: string,
): Promise<GatewayOutcome<{ state: 'closed' | 'absent' }>> {
  const answer = await call(binding, 'alipay.trade.close', rechargeNumber);
  if (answer.outcome === 'accepted') return { outcome: 'accepted', value: { state: 'closed' } };
  if (answer.outcome !== 'rejected') return answer;
  if (answer.code === 'ACQ.TRADE_NOT_EXIST') return { outcome: 'accepted', value: { state: 'absent' } };
  return answer.code === 'ACQ.TRADE_STATUS_ERROR' ? unknown(answer.code, answer.message) : answer;
}

interface TradeAnswer {
  outTradeNo?: string;
  tradeNo?: string;
  tradeStatus?: string;
  totalAmount?: string;
  sendPayDate?: string;
}

async function call(
  binding: AlipayBinding,
  method: 'alipay.trade.query' | 'alipay.trade.close',
  rechargeNumber: string,
): Promise<GatewayOutcome<TradeAnswer>> {
  let answer: AlipaySdkCommonResult;
  try {
    answer = await sdkFor(binding).exec(
      method,
      { timestamp: formatAlipayTime(new Date()), bizContent: { outTradeNo: outTradeNoOf(rechargeNumber) } },
      // Without this the SDK believes a forged answer.
      { validateSign: true },
    );
  } catch (error) {
    // Time-out, broken connection, HTML, unsigned (a TypeError of the SDK) or wrongly signed answer: it may have happened.
    return unknown('NO_VALID_ANSWER', error instanceof Error ? error.message : String(error));
  }
  if (answer.code === '10000') return { outcome: 'accepted', value: answer as TradeAnswer };
  const code = String(answer['subCode'] ?? answer.code);
  const message = String(answer['subMsg'] ?? answer.msg);
  const isUncertain = answer.code === '20000' || answer.code === '10003' || code.endsWith('SYSTEM_ERROR');
  return isUncertain ? unknown(code, message) : { outcome: 'rejected', code, message };
}

function unknown(code: string, message: string): { outcome: 'unknown'; code: string; message: string } {
  return { outcome: 'unknown', code, message };
}
