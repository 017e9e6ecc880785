import type { ErrorTexts } from './errors.ts';

export const ledgerErrors = {
  INSUFFICIENT_BALANCE: {
    status: 409,
    zh: '余额不足，还差 {missing} 元：请充值后重新支付',
    en: 'The balance is {missing} yuan short. Recharge and pay again',
  },
  ALREADY_POSTED: {
    status: 409,
    zh: '该笔业务已入账（{key}）：无需重复提交',
    en: 'This is in the books already ({key}). There is nothing to repeat',
  },
  BOOK_PARKED: {
    status: 503,
    zh: '账簿正在核查，暂不能入账：请稍后重试，已发生的业务不会丢失',
    en: 'The books are being checked and take no entries now. Try again later; what happened is not lost',
  },
  SALE_NOT_FOUND: {
    status: 404,
    zh: '订单行 {line} 没有入账记录，无法冲销：请核对订单行号',
    en: 'Nothing was booked for order line {line}, so nothing can be reversed. Check the line number',
  },
} as const satisfies ErrorTexts;
