import type { ErrorTexts } from './errors.ts';

export const cartErrors = {
  CART_FULL: {
    status: 409,
    zh: '购物车最多 {maximum} 项：请先结算或删除部分商品',
    en: 'The cart holds at most {maximum} lines. Check out or remove some first',
  },
} as const satisfies ErrorTexts;
