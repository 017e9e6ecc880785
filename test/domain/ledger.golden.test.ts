import { describe, expect, test } from '@jest/globals';
import { standardChart } from '../../domain/ledger/chart.ts';
import { saleDraft, type Sale } from '../../domain/ledger/sale.ts';
import { compileTemplate, expandPart } from '../../domain/ledger/template.ts';
import { standardTemplates } from '../../domain/ledger/templates.ts';
import { formatYuan } from '../../domain/money.ts';
import { priceChain } from '../../domain/pricing/chain.ts';
import { goldenChain, goldenMixes } from './pricing/chains.ts';

const templates = new Map(
  standardTemplates.map((template) => [template.code, compileTemplate(template, null)]),
);
const labels = new Map(standardChart.map(({ code, label }) => [code, label]));

const goldenSale = (mix: keyof typeof goldenMixes): Sale => ({
  key: 'order/O1/1:sell:1',
  orderNo: 'O1',
  lineNo: 'O1/1',
  at: new Date('2026-11-24T09:00:00Z'),
  customer: 'C',
  legs: priceChain(goldenChain(goldenMixes[mix])).legs,
  reductions: [],
  terms: [],
  recognition: { basis: 'straight-line', months: 12 },
  supplierMode: 'prepaid',
});

/** A part of a voucher as the design's table prints it: book | debits | credits. */
function rowsOf(sale: Sale): string[] {
  return saleDraft(sale).vouchers.flatMap(({ organisation, parts }) =>
    parts.map((part) => {
      const lines = expandPart(templates.get(part.template)!, part);
      const side = (isDebit: boolean): string =>
        lines
          .filter(({ effect }) => effect > 0n === isDebit)
          .map(({ account, party, effect }) => {
            const name = party === '' || party === 'C' || party === 'S' ? '' : `-${party}`;
            return `${labels.get(account)}${name} ${formatYuan(effect < 0n ? -effect : effect)}`;
          })
          .join('; ');
      return `${organisation} | ${side(true)} | ${side(false)}`;
    }),
  );
}

// The voucher rows of the price-chain design, one to one; the case is the first figure there.
const platformInDiscount = [
  'P | 1122-D1 700.00 | 2205-订单 660.38; 222109 39.62',
  'P | 1123-供应商订单 471.70; 222110 28.30 | 2202-供应商暂估 500.00',
];
const lastAgent = [
  'D2 | 2203-客户 950.00 | 2241-代收-D1 950.00',
  'D2 | 1122-佣金-D1 142.50 | 6001-佣金 134.43; 销项 8.07',
];
const golden: Record<keyof typeof goldenMixes, { lines: number; rows: string[]; settled: string[] }> = {
  'all discount': {
    lines: 18,
    rows: [
      ...platformInDiscount,
      'D1 | 1122-D2 800.00 | 2205-订单 754.72; 222109 45.28',
      'D1 | 1123-订单 660.38; 222110 39.62 | 2202-P 700.00',
      'D2 | 2203-客户 950.00 | 2205-订单 896.23; 222109 53.77',
      'D2 | 1123-订单 754.72; 222110 45.28 | 2202-D1 800.00',
    ],
    settled: ['P→S 500.00', 'D1→P 700.00', 'D2→D1 800.00'],
  },
  'all rebate': {
    lines: 22,
    rows: [
      'P | 1221-代收-D1 950.00 | 2205-订单 896.23; 222109 53.77',
      'P | 1123-供应商订单 471.70; 222110 28.30 | 2202-供应商暂估 500.00',
      'P | 6601-佣金 179.25; 222110 10.75 | 2202-佣金-D1 190.00',
      'D1 | 1221-代收-D2 950.00 | 2241-代收-P 950.00',
      'D1 | 1122-佣金-P 190.00 | 6001-佣金 179.25; 销项 10.75',
      'D1 | 6401-佣金 134.43; 222110 8.07 | 2202-佣金-D2 142.50',
      ...lastAgent,
    ],
    settled: ['P→S 500.00', 'D1→P 760.00', 'D2→D1 807.50'],
  },
  'discount, then rebate': {
    lines: 20,
    rows: [
      ...platformInDiscount,
      'D1 | 1221-代收-D2 950.00 | 2205-订单 896.23; 222109 53.77',
      'D1 | 1123-订单 660.38; 222110 39.62 | 2202-P 700.00',
      'D1 | 6601-佣金 134.43; 222110 8.07 | 2202-佣金-D2 142.50',
      ...lastAgent,
    ],
    settled: ['P→S 500.00', 'D1→P 700.00', 'D2→D1 807.50'],
  },
};

// Test 23 of the ledger research: golden tables per event.
describe.each(Object.keys(golden) as (keyof typeof goldenMixes)[])('golden sale at depth 2, %s', (mix) => {
  const sale = goldenSale(mix);

  test('voucher rows and number of lines', () => {
    expect(rowsOf(sale)).toEqual(golden[mix].rows);
    const lines = saleDraft(sale).vouchers.flatMap(({ parts }) =>
      parts.flatMap((part) => expandPart(templates.get(part.template)!, part)),
    );
    expect(lines).toHaveLength(golden[mix].lines);
    expect(saleDraft(sale).vouchers).toHaveLength(3);
  });

  test('settlement items are what neighbours owe', () => {
    const settled = saleDraft(sale).items.map(
      ({ seller, buyer, gross, commission }) => `${buyer}→${seller} ${formatYuan(gross - commission)}`,
    );
    expect(settled).toEqual(golden[mix].settled);
  });

  test('the principals and only they recognise revenue later', () => {
    const plans = saleDraft(sale).plans.map(({ organisation, revenue, cost }) => [
      organisation,
      revenue,
      cost,
    ]);
    const cost = { P: 47_170n, D1: 66_038n, D2: 75_472n };
    const expected = {
      'all discount': [
        ['P', 66_038n, cost.P],
        ['D1', 75_472n, cost.D1],
        ['D2', 89_623n, cost.D2],
      ],
      'all rebate': [['P', 89_623n, cost.P]],
      'discount, then rebate': [
        ['P', 66_038n, cost.P],
        ['D1', 89_623n, cost.D1],
      ],
    };
    expect(plans).toEqual(expected[mix]);
  });
});

test('a gift used is a memo in the giver’s book and leaves the wallet’s gift part', () => {
  const gift = { kind: 'gift', rule: 'gift-1', giver: 'D2', amount: 5_000n } as const;
  const legs = priceChain(goldenChain(goldenMixes['all discount'], [gift])).legs;
  const sale: Sale = { ...goldenSale('all discount'), legs, reductions: [gift] };
  expect(rowsOf(sale).slice(-3)).toEqual([
    'D2 | 2203-客户 900.00 | 2205-订单 849.06; 222109 50.94',
    'D2 | 1123-订单 754.72; 222110 45.28 | 2202-D1 800.00',
    'D2 | 9102 50.00 | 9101 50.00',
  ]);
  const captures = saleDraft(sale).operations.filter(({ kind }) => kind === 'capture');
  expect(captures.map(({ at, amount }) => [at.account, amount])).toEqual([
    ['9102.gift', 5_000n],
    ['2203.customer', 90_000n],
  ]);
});

test('a small-scale buyer books VAT as cost', () => {
  const sale = goldenSale('all discount');
  const legs = sale.legs.map((leg) => (leg.buyer === 'D2' ? { ...leg, deductible: false } : leg));
  expect(rowsOf({ ...sale, legs }).at(-1)).toBe('D2 | 1123-订单 800.00 | 2202-D1 800.00');
});

test('an edge paid by deposit moves the deposit instead of a debt', () => {
  const byDeposit = { upstreamPay: 'deposit', settleable: 'payment' } as const;
  const onCredit = { upstreamPay: 'credit', settleable: 'activation' } as const;
  const sale = { ...goldenSale('all discount'), terms: [onCredit, onCredit, byDeposit] };
  expect(rowsOf(sale)).toContain('D1 | 2203-存款-D2 800.00 | 2205-订单 754.72; 222109 45.28');
  expect(rowsOf(sale)).toContain('D2 | 1123-订单 754.72; 222110 45.28 | 1123-存款-D1 800.00');
});

test('legs that are no chain, or discount below rebate, are refused', () => {
  const sale = goldenSale('all rebate');
  const broken = sale.legs.map((leg) => (leg.index === 2 ? { ...leg, mode: 'discount' as const } : leg));
  expect(() => saleDraft({ ...sale, legs: broken })).toThrow('a discount leg below a rebate leg');
  expect(() => saleDraft({ ...sale, legs: sale.legs.slice(1, 3) })).toThrow('do not join');
  expect(() => saleDraft({ ...sale, lineNo: 'O2/1' })).toThrow('no line of O1');
});
