import type { Edge, Party } from '../../../domain/pricing/edge.ts';
import type { ChainInput } from '../../../domain/pricing/chain.ts';
import type { SaleMode } from '../../../domain/pricing/leg.ts';
import type { Reduction } from '../../../domain/pricing/reduction.ts';

export const general = { kind: 'general', rate: '0.06' } as const;
const all = { all: true } as const;

/** 分 per piece as a fixed price. */
export const fixed = (unitPrice: number | bigint) =>
  ({ kind: 'fixed', unitPrice: String(unitPrice) }) as const;
export const rate = (text: string) => ({ kind: 'rate', rate: text }) as const;

export const discountEdge = (seller: string, buyer: string, price: Edge['price']): Edge => ({
  seller,
  buyer,
  mode: 'discount',
  scope: all,
  price,
  commissionRate: null,
  floor: null,
});

export const rebateEdge = (seller: string, buyer: string, commissionRate: string): Edge => ({
  seller,
  buyer,
  mode: 'rebate',
  scope: all,
  price: null,
  commissionRate,
  floor: null,
});

/** The golden world of the price-chain rules: list 1,000, customer 950, P → D1 → D2 by the modes given. */
export function goldenChain(
  modes: readonly [SaleMode, SaleMode],
  reductions: readonly Reduction[] = [],
): ChainInput {
  const [first, second] = modes;
  return {
    product: { id: 'product', kind: 'supercomputing' },
    parties: ['S', 'P', 'D1', 'D2'].map((id): Party => ({ id, taxpayer: general })),
    edges: [
      discountEdge('S', 'P', fixed(50_000)),
      first === 'discount' ? discountEdge('P', 'D1', rate('0.70')) : rebateEdge('P', 'D1', '0.20'),
      second === 'discount' ? discountEdge('D1', 'D2', rate('0.80')) : rebateEdge('D1', 'D2', '0.15'),
    ],
    customer: 'C',
    retail: { price: rate('0.95'), floor: null },
    measure: { listUnitPrice: '100000', quantity: '1', months: 0 },
    reductions,
  };
}

export const goldenMixes = {
  'all discount': ['discount', 'discount'],
  'all rebate': ['rebate', 'rebate'],
  'discount, then rebate': ['discount', 'rebate'],
} as const;

export const coupon = (giver: string, amount: bigint): Reduction => ({
  kind: 'coupon',
  rule: 'coupon-1',
  giver,
  amount,
});
