import type { Side } from './chart.ts';
import type { EntryTemplate, PartyRole, TemplateLine } from './template.ts';

const line =
  (side: Side) =>
  (account: string, amount: string, party?: PartyRole): TemplateLine => ({
    side,
    account,
    amount,
    ...(party && { party }),
  });
const debit = line('debit');
const credit = line('credit');

const taxed = { gross: 'net + vat' };
const deducted = { gross: 'cost + tax' };
/** What a buyer owes its seller after a sale, by how it pays upstream. */
const due = ['1122.buyer', '2203.deposit'];
const owed = ['2202.upstream', '1123.deposit'];
const collectedBelow = ['1221.collected', '2203.deposit'];
const collectedAbove = ['2241.collected', '1123.deposit'];

/**
 * Entry templates a new book begins with (research §8: E1, E4, E9, E9k, E12, E14). `cost` and `tax` are net and VAT
 * where the payer deducts, else everything and nothing.
 */
export const standardTemplates: readonly EntryTemplate[] = [
  {
    code: 'recharge',
    version: 1,
    title: { zh: '在线充值', en: 'Recharge' },
    inputs: ['amount'],
    slots: { money: ['1012.alipay', '1002'] },
    lines: [debit('money', 'amount'), credit('2203.customer', 'amount', 'customer')],
  },
  {
    code: 'sale.customer',
    version: 1,
    title: { zh: '销售给客户', en: 'Sale to a customer' },
    inputs: ['gross', 'net', 'vat'],
    sums: taxed,
    lines: [
      debit('2203.customer', 'gross', 'customer'),
      credit('2205.order', 'net'),
      credit('222109', 'vat'),
    ],
  },
  {
    code: 'sale.distributor',
    version: 1,
    title: { zh: '销售给下级（折扣）', en: 'Sale to a distributor' },
    inputs: ['gross', 'net', 'vat'],
    sums: taxed,
    slots: { due },
    lines: [debit('due', 'gross', 'buyer'), credit('2205.order', 'net'), credit('222109', 'vat')],
  },
  {
    code: 'sale.collected',
    version: 1,
    title: { zh: '下级代收的销售（返佣）', en: 'Sale collected by an agent' },
    inputs: ['gross', 'net', 'vat'],
    sums: taxed,
    slots: { collected: collectedBelow },
    lines: [debit('collected', 'gross', 'buyer'), credit('2205.order', 'net'), credit('222109', 'vat')],
  },
  {
    code: 'purchase',
    version: 1,
    title: { zh: '向上级采购', en: 'Purchase from upstream' },
    inputs: ['gross', 'cost', 'tax'],
    sums: deducted,
    slots: { owed },
    lines: [debit('1123.order', 'cost'), debit('222110', 'tax'), credit('owed', 'gross', 'seller')],
  },
  {
    code: 'supply.prepaid',
    version: 1,
    title: { zh: '供应商订单（暂估）', en: 'Supplier order, accrued' },
    inputs: ['gross', 'cost', 'tax'],
    sums: deducted,
    lines: [
      debit('1123.supply', 'cost'),
      debit('222110', 'tax'),
      credit('2202.accrued', 'gross', 'supplier'),
    ],
  },
  {
    code: 'collection.customer',
    version: 1,
    title: { zh: '代上级收款（客户）', en: 'Collected from a customer for upstream' },
    inputs: ['gross'],
    slots: { owed: collectedAbove },
    lines: [debit('2203.customer', 'gross', 'customer'), credit('owed', 'gross', 'seller')],
  },
  {
    code: 'collection.agent',
    version: 1,
    title: { zh: '代上级收款（下级）', en: 'Collected by an agent for upstream' },
    inputs: ['gross'],
    slots: { collected: collectedBelow, owed: collectedAbove },
    lines: [debit('collected', 'gross', 'buyer'), credit('owed', 'gross', 'seller')],
  },
  {
    code: 'commission.income',
    version: 1,
    title: { zh: '佣金收入', en: 'Commission earned' },
    inputs: ['gross', 'net', 'vat'],
    sums: taxed,
    lines: [
      debit('1122.commission', 'gross', 'seller'),
      credit('6001.commission', 'net'),
      credit('222101.output', 'vat'),
    ],
  },
  {
    code: 'commission.expense',
    version: 1,
    title: { zh: '佣金支出（主责任方）', en: 'Commission paid by the principal' },
    inputs: ['gross', 'cost', 'tax'],
    sums: deducted,
    lines: [
      debit('6601.commission', 'cost'),
      debit('222110', 'tax'),
      credit('2202.commission', 'gross', 'buyer'),
    ],
  },
  {
    code: 'commission.passed',
    version: 1,
    title: { zh: '转付下级佣金', en: 'Commission passed on by an agent' },
    inputs: ['gross', 'cost', 'tax'],
    sums: deducted,
    lines: [
      debit('6401.commission', 'cost'),
      debit('222110', 'tax'),
      credit('2202.commission', 'gross', 'buyer'),
    ],
  },
  {
    code: 'gift.grant',
    version: 1,
    title: { zh: '赠送余额', en: 'Gift granted' },
    inputs: ['amount'],
    lines: [debit('9101.gift', 'amount'), credit('9102.gift', 'amount', 'customer')],
  },
  {
    code: 'gift.use',
    version: 1,
    title: { zh: '使用赠送余额', en: 'Gift used' },
    inputs: ['amount'],
    lines: [debit('9102.gift', 'amount', 'customer'), credit('9101.gift', 'amount')],
  },
  {
    code: 'deposit.paid',
    version: 1,
    title: { zh: '向上级缴存', en: 'Deposit paid upstream' },
    inputs: ['amount'],
    lines: [debit('1123.deposit', 'amount', 'seller'), credit('1002', 'amount')],
  },
  {
    code: 'deposit.received',
    version: 1,
    title: { zh: '收到下级存款', en: 'Deposit of a distributor' },
    inputs: ['amount'],
    lines: [debit('1002', 'amount'), credit('2203.deposit', 'amount', 'buyer')],
  },
];
