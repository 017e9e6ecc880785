import type { ErrorTexts } from './errors.ts';

export const paymentsErrors = {
  ONLINE_PAYMENT_NOT_OFFERED: {
    status: 409,
    zh: '当前商家未开通在线支付，请联系商家通过银行转账充值',
    en: 'The seller offers no online payment. Ask the seller to recharge by bank transfer',
  },
  RECHARGE_TOO_SMALL: {
    status: 422,
    zh: '单次充值至少 {minimumYuan} 元',
    en: 'Recharge at least ¥{minimumYuan}',
  },
  RECHARGE_TOO_LARGE: {
    status: 422,
    zh: '单次充值不超过 {maximumYuan} 元，更大金额请联系商家通过银行转账',
    en: 'Recharge at most ¥{maximumYuan} at once. For more, ask the seller about bank transfer',
  },
} as const satisfies ErrorTexts;
