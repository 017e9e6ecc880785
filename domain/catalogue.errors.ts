import type { ErrorTexts } from './errors.ts';

export const catalogueErrors = {
  ATTRIBUTE_UNKNOWN: {
    status: 422,
    zh: '该类产品没有属性“{key}”：请删除后重试',
    en: 'Products of this kind have no attribute “{key}”. Remove it and try again',
  },
  ATTRIBUTE_NOT_VALID: {
    status: 422,
    zh: '属性“{zh}”的值不符合要求：请按属性说明填写',
    en: 'The value of “{en}” does not fit. Fill it in as the attribute describes',
  },
  ATTRIBUTE_MISSING: {
    status: 422,
    zh: '缺少属性“{zh}”：请补充后再提交审核',
    en: '“{en}” is missing. Fill it in before submitting for review',
  },
  FILTER_NOT_VALID: {
    status: 422,
    zh: '筛选条件“{filter}”无效：请清除后重新选择',
    en: 'The filter “{filter}” is not valid. Clear it and choose again',
  },
  SORT_NOT_VALID: {
    status: 422,
    zh: '不支持按“{sort}”排序：请选择列表中的排序方式',
    en: 'Sorting by “{sort}” is not offered. Choose one of the listed orders',
  },
  COMPARISON_NOT_VALID: {
    status: 422,
    zh: '一次可以对比 1 至 {maximum} 个同类商品：请调整选择',
    en: 'Compare 1 to {maximum} products of one kind at a time. Change your choice',
  },
  QUANTITY_NOT_OFFERED: {
    status: 422,
    zh: '数量 {quantity} 不在可购范围内：请填写 {minimum} 至 {maximum}，每次增减 {step}',
    en: 'A quantity of {quantity} is not offered. Choose {minimum} to {maximum} in steps of {step}',
  },
  PLAN_PERIOD_NOT_OFFERED: {
    status: 422,
    zh: '该套餐不支持购买 {months} 个月：请从 {offered} 中选择',
    en: 'This plan is not sold for {months} months. Choose one of {offered}',
  },
  PLAN_HAS_NO_PERIOD: {
    status: 422,
    zh: '该套餐不按月购买：请去掉购买时长',
    en: 'This plan is not sold by the month. Leave the period out',
  },
  PIECES_NOT_OFFERED: {
    status: 422,
    zh: '一次最多购买 {maximum} 件：请减少件数',
    en: 'At most {maximum} pieces can be bought at once. Buy fewer',
  },
  OPTION_NOT_OFFERED: {
    status: 422,
    zh: '配置项“{zh}”不正确：请从列出的选项中选择',
    en: 'The choice of “{en}” is not offered. Pick one of the listed options',
  },
  LISTING_MOVE_NOT_ALLOWED: {
    status: 409,
    zh: '商品当前状态不能进行此操作：请刷新后查看最新状态',
    en: 'The product is in a state that does not allow this. Reload to see its present state',
  },
  PRODUCT_NOT_EDITABLE: {
    status: 409,
    zh: '只有草稿可以修改：请先撤回审核，或将已下架商品转为草稿',
    en: 'Only a draft can be changed. Withdraw it from review, or make a draft of what is off the shelf',
  },
  PRODUCT_NOT_COMPLETE: {
    status: 409,
    zh: '商品资料不完整：请至少填写一个有刊例价的套餐，并指定供应商与资源池',
    en: 'The product is not complete. Give it a plan with a list price, a supplier and a pool',
  },
  PRODUCT_OF_PLATFORM_ONLY: {
    status: 403,
    zh: '只有平台可以新建商品：分销商可设置自己的零售价',
    en: 'Only the platform creates products. A distributor sets its own retail prices',
  },
  REVIEWER_IS_AUTHOR: {
    status: 409,
    zh: '不能审核自己提交的商品：请由另一位审核人处理',
    en: 'You cannot review what you submitted yourself. Ask another reviewer',
  },
  PLAN_PERIODS_NOT_VALID: {
    status: 422,
    zh: '购买时长设置有误：请为包年包月套餐填写 1 至 60 的月数，其他套餐留空',
    en: 'The periods are not valid. Give a subscription months from 1 to 60, and other plans none',
  },
  PLAN_QUANTITY_NOT_VALID: {
    status: 422,
    zh: '数量范围设置有误：请填写大于零的最小值、步长，以及不小于最小值的最大值',
    en: 'The quantities are not valid. Give a minimum and a step above zero, and a maximum not below the minimum',
  },
  PLAN_CHOICE_UNKNOWN: {
    status: 422,
    zh: '该类产品没有配置项“{key}”：请删除后重试',
    en: 'Products of this kind have no choice “{key}”. Remove it and try again',
  },
  CODE_TAKEN: {
    status: 409,
    zh: '编码“{code}”已被使用：请换一个',
    en: 'The code “{code}” is taken. Choose another one',
  },
} as const satisfies ErrorTexts;
