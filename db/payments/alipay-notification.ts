import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import type { Fen } from '../../domain/money.ts';
import {
  alipayTradeState,
  parseAlipayAmount,
  parseAlipayTime,
  rechargeNumberOf,
  type AlipayTradeState,
} from '../../domain/payments/alipay.ts';
import type { AlipayBinding } from '../../domain/payments/bindings.ts';
import { parseFlatForm } from './flat-form.ts';

/** A notification that Alipay really sent to this binding about a recharge we know, with the amount we asked for. */
export interface AlipayNotification {
  /** Stable over Alipay's repeats of one notification. */
  notifyId: string;
  rechargeNumber: string;
  tradeNumber: string;
  state: Exclude<AlipayTradeState, 'absent'>;
  amount: Fen;
  /**
   * Refunded so far, 0n when none. A partial refund is notified with state `succeeded` again: it is no second payment.
   */
  refunded: Fen;
  paidAt: Date | null;
  /** All fields as received, for the inbox. */
  fields: Record<string, string>;
}

/** Why a notification is not believed. Only the log and the audit read it; the sender gets `fail`. */
export type NotificationRefusal =
  | 'MALFORMED'
  | 'WRONG_SIGN_TYPE'
  | 'BAD_SIGNATURE'
  | 'OTHER_APPLICATION'
  | 'OTHER_SELLER'
  | 'UNKNOWN_NUMBER'
  | 'AMOUNT_DIFFERS';

export type NotificationVerdict =
  { genuine: true; notification: AlipayNotification } | { genuine: false; refusal: NotificationRefusal };

/**
 * Verifies a posted notification in the order signature, application, seller, number, amount; whoever fails the
 * signature learns nothing of the rest. `form` is the raw body (application/x-www-form-urlencoded), never a parsed one:
 * parsers that make arrays of repeated keys or drop empty fields change what was signed.
 * `amountOf` gives the amount of a recharge of this binding, null when there is none.
 */
export async function verifyAlipayNotification(
  form: string,
  binding: Pick<AlipayBinding, 'appId' | 'sellerId' | 'alipayPublicKey'>,
  amountOf: (rechargeNumber: string) => Promise<Fen | null>,
): Promise<NotificationVerdict> {
  const fields = parseFlatForm(form);
  if (!fields || fields['charset']?.toLowerCase() !== 'utf-8') return refused('MALFORMED');
  // SHA-1 (`RSA`) is also offered by the protocol and would be verified as readily: only RSA2 is believed.
  if (fields['sign_type'] !== 'RSA2') return refused('WRONG_SIGN_TYPE');
  if (!isSignedBy(fields, publicKeyOf(binding.alipayPublicKey))) return refused('BAD_SIGNATURE');
  if (fields['app_id'] !== binding.appId) return refused('OTHER_APPLICATION');
  if (fields['seller_id'] !== binding.sellerId) return refused('OTHER_SELLER');

  const { notify_id: notifyId, out_trade_no: outTradeNo, trade_no: tradeNumber } = fields;
  const state = alipayTradeState(fields['trade_status']);
  const amount = parseAlipayAmount(fields['total_amount']);
  const refunded = fields['refund_fee'] === undefined ? 0n : parseAlipayAmount(fields['refund_fee']);
  if (!notifyId || !outTradeNo || !tradeNumber || !state || amount === null || refunded === null) {
    return refused('MALFORMED');
  }
  const rechargeNumber = rechargeNumberOf(outTradeNo);
  const asked = await amountOf(rechargeNumber);
  if (asked === null) return refused('UNKNOWN_NUMBER');
  if (asked !== amount) return refused('AMOUNT_DIFFERS');
  const paidAt = parseAlipayTime(fields['gmt_payment']);
  return {
    genuine: true,
    notification: { notifyId, rechargeNumber, tradeNumber, state, amount, refunded, paidAt, fields },
  };
}

/** Signed are all fields but `sign` and `sign_type`, in ASCII order of names, `name=value` joined by `&`, decoded once. */
function isSignedBy(fields: Record<string, string>, key: KeyObject): boolean {
  const content = Object.keys(fields)
    .filter((name) => name !== 'sign' && name !== 'sign_type')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  return createVerify('RSA-SHA256')
    .update(content, 'utf8')
    .verify(key, fields['sign'] ?? '', 'base64');
}

function publicKeyOf(key: string): KeyObject {
  const base64 = key.replace(/-----[A-Z ]+-----|\s/g, '');
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

function refused(refusal: NotificationRefusal): NotificationVerdict {
  return { genuine: false, refusal };
}
