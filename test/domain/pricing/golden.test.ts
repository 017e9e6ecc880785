import { describe, expect, test } from '@jest/globals';
import { priceChain } from '../../../domain/pricing/chain.ts';
import { margins } from '../../../domain/pricing/margins.ts';
import { specialPrice } from '../../../domain/pricing/reduction.ts';
import { coupon, goldenChain, goldenMixes } from './chains.ts';

type Mix = keyof typeof goldenMixes;

/** gross, commission, net in 分 of supplier → P, P → D1, D1 → D2, D2 → customer; the figures of the design. */
const golden: Record<Mix, { legs: number[][]; principal: string; margins: number[]; exVat: number[] }> = {
  'all discount': {
    legs: [
      [50000, 0, 50000],
      [70000, 0, 70000],
      [80000, 0, 80000],
      [95000, 0, 95000],
    ],
    principal: 'D2',
    margins: [20000, 10000, 15000],
    exVat: [18868, 9434, 14151],
  },
  'all rebate': {
    legs: [
      [50000, 0, 50000],
      [95000, 19000, 76000],
      [95000, 14250, 80750],
      [95000, 0, 95000],
    ],
    principal: 'P',
    margins: [26000, 4750, 14250],
    exVat: [24528, 4482, 13443],
  },
  'discount, then rebate': {
    legs: [
      [50000, 0, 50000],
      [70000, 0, 70000],
      [95000, 14250, 80750],
      [95000, 0, 95000],
    ],
    principal: 'D1',
    margins: [20000, 10750, 14250],
    exVat: [18868, 10142, 13443],
  },
};

describe.each(Object.keys(golden) as Mix[])('P → D1 → D2 → customer, %s', (mix) => {
  const chain = priceChain(goldenChain(goldenMixes[mix]));
  const expected = golden[mix];

  test('legs to the 分', () => {
    expect(chain.legs.map((leg) => [leg.gross, leg.commission, leg.net].map(Number))).toEqual(expected.legs);
    expect(chain.principal).toBe(expected.principal);
    expect([chain.list, chain.price, chain.payable]).toEqual([100000n, 95000n, 95000n]);
  });

  test('margins with and without VAT', () => {
    const kept = margins(chain.legs);
    expect(kept.map((entry) => entry.organisation)).toEqual(['P', 'D1', 'D2']);
    expect(kept.map((entry) => Number(entry.margin))).toEqual(expected.margins);
    expect(kept.map((entry) => Number(entry.marginExVat))).toEqual(expected.exVat);
    expect(kept.reduce((sum, entry) => sum + entry.marginExVat, 0n)).toBe(42453n);
  });
});

test.each([
  [95000, 89623, 5377],
  [80000, 75472, 4528],
  [70000, 66038, 3962],
  [50000, 47170, 2830],
])('%i splits into %i and %i of VAT', (gross, net, vat) => {
  const { legs } = priceChain(goldenChain(goldenMixes['all discount']));
  const leg = legs.find((candidate) => candidate.gross === BigInt(gross))!;
  expect([leg.grossNet, leg.grossVat].map(Number)).toEqual([net, vat]);
});

test.each([
  [19000, 17925, 1075],
  [14250, 13443, 807],
])('commission %i splits into %i and %i of VAT', (commission, net, vat) => {
  const { legs } = priceChain(goldenChain(goldenMixes['all rebate']));
  const leg = legs.find((candidate) => candidate.commission === BigInt(commission))!;
  expect([leg.commissionNet, leg.commissionVat].map(Number)).toEqual([net, vat]);
});

describe('a coupon of 50.00 is borne by its giver alone', () => {
  /** [gross, commission] of P → D1 and D1 → D2, then the margins of P, D1, D2. */
  const cases: [string, Mix, number[][], number[]][] = [
    [
      'D2',
      'all discount',
      [
        [70000, 0],
        [80000, 0],
      ],
      [20000, 10000, 10000],
    ],
    [
      'D2',
      'all rebate',
      [
        [90000, 14000],
        [90000, 9250],
      ],
      [26000, 4750, 9250],
    ],
    [
      'D2',
      'discount, then rebate',
      [
        [70000, 0],
        [90000, 9250],
      ],
      [20000, 10750, 9250],
    ],
    [
      'D1',
      'all discount',
      [
        [70000, 0],
        [75000, 0],
      ],
      [20000, 5000, 15000],
    ],
    [
      'D1',
      'discount, then rebate',
      [
        [70000, 0],
        [90000, 14250],
      ],
      [20000, 5750, 14250],
    ],
    [
      'P',
      'all discount',
      [
        [65000, 0],
        [75000, 0],
      ],
      [15000, 10000, 15000],
    ],
    [
      'P',
      'all rebate',
      [
        [90000, 19000],
        [90000, 14250],
      ],
      [21000, 4750, 14250],
    ],
    [
      'P',
      'discount, then rebate',
      [
        [65000, 0],
        [90000, 14250],
      ],
      [15000, 10750, 14250],
    ],
  ];
  test.each(cases)('given by %s, %s', (giver, mix, legs, kept) => {
    const chain = priceChain(goldenChain(goldenMixes[mix], [coupon(giver, 5000n)]));
    expect(chain.payable).toBe(90000n);
    expect(chain.legs.slice(1, 3).map((leg) => [Number(leg.gross), Number(leg.commission)])).toEqual(legs);
    expect(margins(chain.legs).map((entry) => Number(entry.margin))).toEqual(kept);
  });

  test('given by D1, all rebate: refused, D1 would be at −2.50', () => {
    expect(() => priceChain(goldenChain(goldenMixes['all rebate'], [coupon('D1', 5000n)]))).toThrow(
      expect.objectContaining({ code: 'REDUCTION_EXCEEDS_MARGIN', at: { seller: 'D1', buyer: 'D2' } }),
    );
  });
});

describe('a special price of 760.00 by D2', () => {
  const reduction = specialPrice(95000n, 76000n, { rule: 'approval-1', giver: 'D2' });

  test('is a reduction of 190.00', () => expect(reduction.amount).toBe(19000n));

  test('needs approval where D2 is principal, and then books −37.74 without VAT', () => {
    const input = goldenChain(goldenMixes['all discount'], [reduction]);
    expect(() => priceChain(input)).toThrow(expect.objectContaining({ code: 'NEGATIVE_MARGIN' }));
    const { legs } = priceChain({ ...input, permits: { belowCost: ['D2'] } });
    expect(margins(legs)[2]).toEqual({ organisation: 'D2', margin: -4000n, marginExVat: -3774n });
  });

  test('is refused where D2 is an agent, whatever was approved', () => {
    const input = goldenChain(goldenMixes['all rebate'], [reduction]);
    expect(() => priceChain({ ...input, permits: { belowCost: ['D2'] } })).toThrow(
      expect.objectContaining({ code: 'REDUCTION_EXCEEDS_MARGIN' }),
    );
  });
});
