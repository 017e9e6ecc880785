import type { ErrorTexts } from './errors.ts';

export const ordersErrors = {
  EMPTY_ORDER: { status: 422, zh: '请至少选择一件商品', en: 'Choose at least one product' },
  TOO_MANY_LINES: {
    status: 422,
    zh: '一个订单最多 {maximum} 件，请分成几个订单提交',
    en: 'An order holds at most {maximum} pieces. Split it into several orders',
  },
  PLAN_NOT_FOR_SALE: {
    status: 409,
    zh: '所选套餐已下架或不再提供，请从购物车移除后重试',
    en: 'A chosen plan is no longer for sale. Remove it from the cart and try again',
  },
  OUT_OF_STOCK: {
    status: 409,
    zh: '库存不足：请减少数量，或选择其他套餐',
    en: 'Not enough in stock. Buy less, or choose another plan',
  },
  PRICE_CHANGED: {
    status: 409,
    zh: '“{plan}”的价格已由 {seen} 元变为 {price} 元，请确认新价格后重新提交',
    en: 'The price of “{plan}” changed from ¥{seen} to ¥{price}. Confirm the new price and submit again',
  },
  TEMPORARILY_NOT_AVAILABLE: {
    status: 409,
    zh: '该商品暂时无法购买，请稍后再试或联系客服',
    en: 'This product is temporarily not available. Try again later or contact support',
  },
  PROJECT_NOT_FOUND: {
    status: 422,
    zh: '所选项目不存在或已关闭，请重新选择项目',
    en: 'The project does not exist or is closed. Choose another one',
  },
  ORDER_EXPIRED: {
    status: 409,
    zh: '订单已超时关闭，请重新下单；已到账的充值保留在余额中',
    en: 'The order has expired. Order again; money that arrived stays in your balance',
  },
  ORDER_CANCELED: { status: 409, zh: '订单已取消，请重新下单', en: 'The order was canceled. Order again' },
  ORDER_NOT_CANCELABLE: {
    status: 409,
    zh: '订单已支付或正在支付，不能取消',
    en: 'The order is paid or being paid and can no longer be canceled',
  },
  SALE_REFUSED: {
    status: 409,
    zh: '该商品暂时无法开通，款项已退回余额',
    en: 'This product cannot be opened at the moment. The money went back to your balance',
  },
  WORK_ORDER_TAKEN: {
    status: 409,
    zh: '该工单已由他人处理，请刷新后查看',
    en: 'Somebody else is handling this work order. Reload to see it',
  },
  WORK_ORDER_NOT_CLAIMED: {
    status: 409,
    zh: '请先认领该工单',
    en: 'Claim the work order first',
  },
  WORK_ORDER_ENDED: {
    status: 409,
    zh: '该工单已结束，请刷新后查看',
    en: 'The work order has ended. Reload to see it',
  },
  WORK_ORDER_NOT_MANUAL: {
    status: 409,
    zh: '该工单由系统自动处理，无需人工操作',
    en: 'This work order is handled by the system and needs no action',
  },
} as const satisfies ErrorTexts;
