import type { ErrorTexts } from './errors.ts';

/** Texts name no figure and no other party: a refusal may reach people who must not see the rest of the chain. */
export const pricingErrors = {
  OUT_OF_SCOPE: {
    status: 409,
    zh: '该商品不在供销或分销协议的商品范围内：请先在协议中加入该商品',
    en: 'The product is outside the scope of an agreement in the chain. Add it to the agreement first',
  },
  PRICE_MISSING: {
    status: 409,
    zh: '该商品在当前时间没有生效的价格：请发布价格版本，或在协议中填写折扣或固定价',
    en: 'No price of this product is in force. Publish a price version, or give the agreement a rate or a fixed price',
  },
  BELOW_FLOOR: {
    status: 409,
    zh: '价格低于协议约定的底价：请提高价格，或提交特价审批',
    en: 'The price is below the floor of the agreement. Raise it, or ask for approval of a special price',
  },
  NEGATIVE_MARGIN: {
    status: 409,
    zh: '按此价格销售将低于成本：请提高价格，或提交特价审批',
    en: 'Selling at this price is below cost. Raise it, or ask for approval of a special price',
  },
  DISCOUNT_BELOW_REBATE: {
    status: 409,
    zh: '代理（返佣）机构不能以折扣模式向下级销售：请把上级协议改为折扣，或把下级协议改为返佣',
    en: 'An agent (rebate) cannot sell to its own distributors by discount. Change the agreement above to discount, or the one below to rebate',
  },
  REDUCTION_EXCEEDS_MARGIN: {
    status: 409,
    zh: '优惠金额超过代理机构在该笔销售中的佣金：请降低优惠金额',
    en: 'The reduction is larger than the commission the agent earns on this sale. Lower it',
  },
  REDUCTION_EXCEEDS_PRICE: {
    status: 409,
    zh: '优惠金额超过商品价格：请降低优惠金额',
    en: 'The reduction is larger than the price. Lower it',
  },
  PERIOD_NOT_OFFERED: {
    status: 422,
    zh: '不支持购买 {months} 个月：请选择 1 至 {maximum} 个月',
    en: 'A period of {months} months is not offered. Choose 1 to {maximum} months',
  },
  QUANTITY_NOT_VALID: {
    status: 422,
    zh: '数量“{quantity}”无效：请填写大于零、最多九位小数的数字',
    en: 'The quantity “{quantity}” is not valid. Give a number above zero with at most nine decimals',
  },
  PRICE_STARTS_IN_PAST: {
    status: 422,
    zh: '价格不能从过去的时间生效：请选择现在或以后的时间',
    en: 'A price cannot start in the past. Choose now or later',
  },
  PRICE_VERSION_EXISTS: {
    status: 409,
    zh: '该时间已有一个价格版本：请选择其他生效时间',
    en: 'A price version starts at that instant already. Choose another one',
  },
  RETAIL_SET_BY_PRINCIPAL: {
    status: 409,
    zh: '返佣模式下零售价由上级机构制定：请联系上级机构调整',
    en: 'Under rebate the retail price is set by the organisation above. Ask it to change the price',
  },
} as const satisfies ErrorTexts;
