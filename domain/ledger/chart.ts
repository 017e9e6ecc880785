export type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense' | 'memo';
export type Side = 'debit' | 'credit';
/** `balance`: never below zero, holds counted. `limit`: not beyond a limit once one is set. `none`: records only. */
export type Guard = 'none' | 'balance' | 'limit';

/** 会计科目: one title of a book's chart of accounts. */
export interface ChartAccount {
  /** Official number and our word, "2203.customer"; templates name accounts by it. */
  readonly code: string;
  /** As Chinese accountants write it, "2203-客户". */
  readonly label: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly type: AccountType;
  /** The side on which the account grows. */
  readonly side: Side;
  /** Whether it is kept per other organisation (辅助核算). */
  readonly auxiliary: 'none' | 'organisation';
  readonly guard: Guard;
}

type Row = readonly [
  code: string,
  label: string,
  zh: string,
  en: string,
  type: AccountType,
  side: Side,
  auxiliary: 'none' | 'organisation',
  guard?: Guard,
];

// Numbers with * in the research (1481, 2205, 222109, 222110, 4103) are conventions, not official ones.
const rows: readonly Row[] = [
  ['1002', '1002', '银行存款', 'Bank', 'asset', 'debit', 'none'],
  ['1012.alipay', '1012-支付宝', '其他货币资金-支付宝', 'Alipay account', 'asset', 'debit', 'none'],
  [
    '1122.buyer',
    '1122',
    '应收账款-下级',
    'Receivable from distributors',
    'asset',
    'debit',
    'organisation',
    'limit',
  ],
  [
    '1122.commission',
    '1122-佣金',
    '应收账款-佣金',
    'Commission receivable',
    'asset',
    'debit',
    'organisation',
  ],
  ['1122.customer', '1122-客户', '应收账款-客户欠费', 'Customer arrears', 'asset', 'debit', 'organisation'],
  ['1123.order', '1123-订单', '预付账款-上级订单', 'Prepaid to upstream, by order', 'asset', 'debit', 'none'],
  [
    '1123.supply',
    '1123-供应商订单',
    '预付账款-供应商订单',
    'Prepaid to suppliers, by order',
    'asset',
    'debit',
    'none',
  ],
  ['1123.deposit', '1123-存款', '预付账款-存款', 'Deposit at upstream', 'asset', 'debit', 'organisation'],
  [
    '1221.collected',
    '1221-代收',
    '其他应收款-代收',
    'Collected for us',
    'asset',
    'debit',
    'organisation',
    'limit',
  ],
  ['2202.upstream', '2202', '应付账款-上级', 'Payable to upstream', 'liability', 'credit', 'organisation'],
  [
    '2202.accrued',
    '2202-供应商暂估',
    '应付账款-供应商暂估',
    'Accrued to suppliers',
    'liability',
    'credit',
    'organisation',
  ],
  [
    '2202.commission',
    '2202-佣金',
    '应付账款-佣金',
    'Commission payable',
    'liability',
    'credit',
    'organisation',
  ],
  [
    '2203.customer',
    '2203-客户',
    '预收账款-客户余额',
    'Customer balances',
    'liability',
    'credit',
    'organisation',
    'balance',
  ],
  [
    '2203.deposit',
    '2203-存款',
    '预收账款-下级存款',
    'Deposits of distributors',
    'liability',
    'credit',
    'organisation',
    'balance',
  ],
  ['2205.order', '2205-订单', '合同负债-订单', 'Contract liability', 'liability', 'credit', 'none'],
  ['222101.output', '销项', '应交税费-应交增值税（销项税额）', 'Output VAT', 'liability', 'credit', 'none'],
  [
    '222109',
    '222109',
    '应交税费-待转销项税额',
    'Output VAT to be transferred',
    'liability',
    'credit',
    'none',
  ],
  ['222110', '222110', '应交税费-待认证进项税额', 'Input VAT to be verified', 'asset', 'debit', 'none'],
  [
    '2241.collected',
    '2241-代收',
    '其他应付款-代收',
    'Collected for upstream',
    'liability',
    'credit',
    'organisation',
  ],
  ['4103', '4103', '本年利润', 'Profit of the year', 'equity', 'credit', 'none'],
  ['6001', '6001', '主营业务收入', 'Revenue', 'income', 'credit', 'none'],
  ['6001.commission', '6001-佣金', '主营业务收入-佣金', 'Commission income', 'income', 'credit', 'none'],
  ['6401', '6401', '主营业务成本', 'Cost of sales', 'expense', 'debit', 'none'],
  ['6401.commission', '6401-佣金', '主营业务成本-佣金', 'Commission passed on', 'expense', 'debit', 'none'],
  ['6601.commission', '6601-佣金', '销售费用-佣金', 'Commission expense', 'expense', 'debit', 'none'],
  ['9101.gift', '9101', '赠送余额（表外）', 'Gift granted (memo)', 'memo', 'debit', 'none'],
  [
    '9102.gift',
    '9102',
    '客户赠送余额（表外）',
    'Gift balances (memo)',
    'memo',
    'credit',
    'organisation',
    'balance',
  ],
];

/** The chart that a new book begins with; accountants add titles of their own. */
export const standardChart: readonly ChartAccount[] = rows.map(
  ([code, label, zh, en, type, side, auxiliary, guard = 'none']) => ({
    code,
    label,
    name: { zh, en },
    type,
    side,
    auxiliary,
    guard,
  }),
);
