import { describe, expect, test } from '@jest/globals';
import type { BusinessError } from '../../../domain/errors.ts';
import { errorMessage, errorRegistry } from '../../../domain/errors.ts';
import { pricingErrors } from '../../../domain/pricing.errors.ts';
import { priceChain } from '../../../domain/pricing/chain.ts';
import type { ChainInput } from '../../../domain/pricing/chain.ts';
import { assertModesMix, isInScope, principalPosition } from '../../../domain/pricing/edge.ts';
import type { Edge } from '../../../domain/pricing/edge.ts';
import { priceGroup } from '../../../domain/pricing/group.ts';
import { specialPrice } from '../../../domain/pricing/reduction.ts';
import {
  coupon,
  discountEdge,
  fixed,
  general,
  goldenChain,
  goldenMixes,
  rate,
  rebateEdge,
} from './chains.ts';

const discount = goldenChain(goldenMixes['all discount']);
const rebate = goldenChain(goldenMixes['all rebate']);

const withEdge = (input: ChainInput, index: number, change: Partial<Edge>): ChainInput => ({
  ...input,
  edges: input.edges.map((edge, position) => (position === index ? { ...edge, ...change } : edge)),
});

const refusal = (code: string, seller: string, buyer: string): unknown =>
  expect.objectContaining({ code, at: { seller, buyer } });

describe('a chain is refused, naming the edge to its staff only', () => {
  const cases: [string, ChainInput, string, string][] = [
    [
      'OUT_OF_SCOPE',
      withEdge(discount, 1, { scope: { products: ['other'], kinds: ['storage'] } }),
      'P',
      'D1',
    ],
    ['PRICE_MISSING', withEdge(discount, 2, { price: null }), 'D1', 'D2'],
    ['PRICE_MISSING', withEdge(rebate, 1, { commissionRate: null }), 'P', 'D1'],
    ['PRICE_MISSING', { ...discount, retail: { price: null, floor: null } }, 'D2', 'C'],
    ['BELOW_FLOOR', withEdge(discount, 2, { floor: rate('0.81') }), 'D1', 'D2'],
    ['BELOW_FLOOR', { ...discount, retail: { price: rate('0.95'), floor: fixed(95_001) } }, 'D2', 'C'],
    ['NEGATIVE_MARGIN', withEdge(discount, 2, { price: rate('0.6999') }), 'D1', 'D2'],
    ['NEGATIVE_MARGIN', withEdge(rebate, 2, { commissionRate: '0.21' }), 'D1', 'D2'],
    ['NEGATIVE_MARGIN', { ...discount, reductions: [coupon('P', 20_001n)] }, 'P', 'D1'],
    ['REDUCTION_EXCEEDS_MARGIN', { ...rebate, reductions: [coupon('D2', 14_251n)] }, 'D2', 'C'],
  ];
  test.each(cases)('%s', (code, input, seller, buyer) => {
    expect(() => priceChain(input)).toThrow(refusal(code, seller, buyer));
    try {
      priceChain(input);
    } catch (error) {
      expect(
        JSON.stringify([(error as BusinessError).details, (error as BusinessError).message]),
      ).not.toMatch(/D1|D2/);
    }
  });

  test('what was approved passes', () => {
    const below = withEdge(discount, 2, { floor: rate('0.81'), price: rate('0.69') });
    expect(() => priceChain({ ...below, permits: { belowFloor: ['D1'] } })).toThrow(
      refusal('NEGATIVE_MARGIN', 'D1', 'D2'),
    );
    expect(priceChain({ ...below, permits: { belowFloor: ['D1'], belowCost: ['D1'] } }).legs[2]!.net).toBe(
      69_000n,
    );
  });

  test('a reduction by an agent may not undercut the floor of the seller above it', () => {
    const floored = withEdge(rebate, 1, { floor: rate('0.92') });
    expect(priceChain({ ...floored, reductions: [coupon('D2', 3000n)] }).payable).toBe(92_000n);
    expect(() => priceChain({ ...floored, reductions: [coupon('D2', 3001n)] })).toThrow(
      refusal('BELOW_FLOOR', 'P', 'D1'),
    );
  });

  test('nobody pays less than nothing', () => {
    const permits = { belowCost: ['P'] };
    expect(priceChain({ ...rebate, permits, reductions: [coupon('P', 95_000n)] }).payable).toBe(0n);
    expect(() => priceChain({ ...rebate, permits, reductions: [coupon('P', 95_001n)] })).toThrow(
      expect.objectContaining({ code: 'REDUCTION_EXCEEDS_PRICE' }),
    );
    expect(() => specialPrice(100n, 100n, { rule: 'r', giver: 'P' })).toThrow('REDUCTION_EXCEEDS_PRICE');
    expect(() => specialPrice(100n, -1n, { rule: 'r', giver: 'P' })).toThrow('REDUCTION_EXCEEDS_PRICE');
  });
});

describe('modes', () => {
  const modes = (...list: ('discount' | 'rebate')[]): Pick<Edge, 'seller' | 'buyer' | 'mode'>[] =>
    list.map((mode, index) => ({ mode, seller: `O${index}`, buyer: `O${index + 1}` }));

  test.each([
    ['discount', 'rebate', 'discount'],
    ['rebate', 'discount', 'rebate'],
    ['rebate', 'rebate', 'discount'],
  ] as const)('%s, %s, %s is refused at the lower edge', (...mix) => {
    const edges = modes(...mix);
    const lower = edges.findIndex(
      (edge, index) => edge.mode === 'discount' && mix.slice(0, index).includes('rebate'),
    );
    expect(() => assertModesMix(edges)).toThrow(
      refusal('DISCOUNT_BELOW_REBATE', edges[lower]!.seller, edges[lower]!.buyer),
    );
  });

  test('the chain refuses it too, although every voucher would balance', () => {
    const edges = [discount.edges[0]!, rebateEdge('P', 'D1', '0.2'), discountEdge('D1', 'D2', rate('0.8'))];
    expect(() => priceChain({ ...discount, edges })).toThrow(refusal('DISCOUNT_BELOW_REBATE', 'D1', 'D2'));
  });

  test('the principal is the buyer of the last discount edge, else the supplier', () => {
    expect(principalPosition(modes('discount', 'discount', 'discount'))).toBe(3);
    expect(principalPosition(modes('discount', 'rebate', 'rebate'))).toBe(1);
    expect(principalPosition(modes('rebate', 'rebate'))).toBe(0);
  });
});

describe('VAT follows the taxpayers', () => {
  test('a small-scale buyer does not deduct, and its split below uses its own rate', () => {
    const parties = discount.parties.map((party) =>
      party.id === 'D1' ? { ...party, taxpayer: { kind: 'small-scale', rate: '0.03' } as const } : party,
    );
    const [, fromP, fromD1, fromD2] = priceChain({ ...discount, parties }).legs;
    expect(fromP).toMatchObject({ vatRate: '0.06', deductible: false });
    expect(fromD1).toMatchObject({ vatRate: '0.03', deductible: true, grossNet: 77_670n, grossVat: 2330n });
    expect(fromD2).toMatchObject({ vatRate: '0.06', deductible: false });
  });

  test('in rebate mode the sale carries the rate of the principal, the commission that of the agent', () => {
    const parties = rebate.parties.map((party) =>
      party.id === 'D2' ? { ...party, taxpayer: { kind: 'small-scale', rate: '0.03' } as const } : party,
    );
    const [, fromP, fromD1, fromD2] = priceChain({ ...rebate, parties }).legs;
    expect(fromP).toMatchObject({ vatRate: '0.06', commissionVatRate: '0.06', deductible: true });
    expect(fromD1).toMatchObject({ vatRate: '0.06', commissionVatRate: '0.03', deductible: true });
    expect(fromD2).toMatchObject({ vatRate: '0.06', grossNet: 89_623n });
  });
});

test('scope is everything, listed products or listed kinds', () => {
  const product = { id: 'a', kind: 'storage' };
  expect(isInScope({ all: true }, product)).toBe(true);
  expect(isInScope({ products: ['a'], kinds: [] }, product)).toBe(true);
  expect(isInScope({ products: [], kinds: ['storage'] }, product)).toBe(true);
  expect(isInScope({ products: ['b'], kinds: ['container'] }, product)).toBe(false);
});

test('a chain that does not join, a stranger as giver and a nonsense number of pieces are defects', () => {
  expect(() => priceChain({ ...discount, edges: discount.edges.slice(1) })).toThrow(RangeError);
  expect(() => priceChain({ ...discount, parties: [{ id: 'S', taxpayer: general }], edges: [] })).toThrow(
    RangeError,
  );
  expect(() => priceChain({ ...discount, reductions: [coupon('X', 1n)] })).toThrow(RangeError);
  expect(() => priceChain({ ...discount, reductions: [coupon('P', 0n)] })).toThrow(RangeError);
  for (const pieces of [0, -1, 1.5, 101]) expect(() => priceGroup(discount, pieces)).toThrow(RangeError);
});

test('every refusal has a text in both languages that says what to do', () => {
  for (const code of Object.keys(pricingErrors) as (keyof typeof pricingErrors)[]) {
    expect(errorRegistry[code]).toBe(pricingErrors[code]);
    const details = { months: 99, maximum: 60, quantity: 'x' };
    expect(errorMessage(code, 'zh', details)).toMatch(/：请/);
    expect(errorMessage(code, 'en', details)).not.toMatch(/[{}]/);
  }
});
