import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { priceChain } from '../../../domain/pricing/chain.ts';
import type { Chain, ChainInput } from '../../../domain/pricing/chain.ts';
import type { Edge, Party } from '../../../domain/pricing/edge.ts';
import { priceGroup } from '../../../domain/pricing/group.ts';
import { margins } from '../../../domain/pricing/margins.ts';
import { discountEdge, fixed, general, rate, rebateEdge } from './chains.ts';

const smallScale = { kind: 'small-scale', rate: '0.03' } as const;
const tenThousandths = (n: number): string => (n / 10_000).toFixed(4);
const sum = (amounts: bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** A sound chain of a depth: prices rise and commissions fall towards the customer, so that nobody loses. */
function chainOf(depth: number, taxpayers: fc.Arbitrary<Party['taxpayer']>): fc.Arbitrary<ChainInput> {
  const edgeCount = depth + 1;
  return fc
    .record({
      // The first `discounts` edges, supplier's included, are discount; the rest rebate: every permitted mix.
      discounts: fc.integer({ min: 0, max: edgeCount }),
      prices: fc.array(fc.integer({ min: 1000, max: 9000 }), { minLength: edgeCount, maxLength: edgeCount }),
      commissions: fc.array(fc.integer({ min: 0, max: 4000 }), {
        minLength: edgeCount,
        maxLength: edgeCount,
      }),
      retail: fc.integer({ min: 9000, max: 12_000 }),
      list: fc.bigInt({ min: 1n, max: 10n ** 10n - 1n }),
      parties: fc.array(taxpayers, { minLength: edgeCount + 1, maxLength: edgeCount + 1 }),
    })
    .map(({ discounts, prices, commissions, retail, list, parties }): ChainInput => {
      const rising = prices.toSorted((a, b) => a - b);
      const falling = commissions.toSorted((a, b) => b - a);
      const id = (position: number): string => ['S', 'P'][position] ?? `D${position - 1}`;
      const edges = Array.from({ length: edgeCount }, (_, index): Edge =>
        index < discounts
          ? discountEdge(id(index), id(index + 1), rate(tenThousandths(rising[index]!)))
          : rebateEdge(id(index), id(index + 1), tenThousandths(falling[index]!)),
      );
      return {
        product: { id: 'product', kind: 'cloud-host' },
        parties: parties.map((taxpayer, position) => ({ id: id(position), taxpayer })),
        edges,
        customer: 'C',
        retail: { price: rate(tenThousandths(retail)), floor: null },
        measure: { listUnitPrice: String(list), quantity: '1', months: 0 },
        // A principal whose commissions exceed its margin is a matter of approvals, not of arithmetic.
        permits: { belowCost: [id(discounts)] },
      };
    });
}

const conserves = ({ legs, payable }: Chain): void =>
  expect(sum(margins(legs).map((entry) => entry.margin))).toBe(payable - legs[0]!.net);

describe.each([0, 1, 2, 3, 5])('depth %i, all permitted mixes', (depth) => {
  const anyTaxpayer = fc.constantFrom(general, smallScale);

  test('margins sum to customer price − supplier cost, and every leg adds up', () => {
    fc.assert(
      fc.property(chainOf(depth, anyTaxpayer), (input) => {
        const chain = priceChain(input);
        expect(chain.legs).toHaveLength(depth + 2);
        conserves(chain);
        for (const leg of chain.legs) {
          expect(leg.net).toBe(leg.gross - leg.commission);
          expect(leg.grossNet + leg.grossVat).toBe(leg.gross);
          expect(leg.commissionNet + leg.commissionVat).toBe(leg.commission);
        }
        expect(chain.legs.at(-1)).toMatchObject({ buyer: 'C', commission: 0n, gross: chain.payable });
      }),
    );
  });

  test('without VAT margins sum to p⁻ − s⁻ where every buyer deducts', () => {
    fc.assert(
      fc.property(chainOf(depth, fc.constant(general)), (input) => {
        const { legs } = priceChain(input);
        const first = legs[0]!;
        const cost = first.mode === 'discount' ? first.grossNet : first.grossNet - first.commissionNet;
        expect(sum(margins(legs).map((entry) => entry.marginExVat))).toBe(legs.at(-1)!.grossNet - cost);
      }),
    );
  });

  test('whoever gives reductions bears them alone, however many there are', () => {
    const given = fc.array(
      fc.record({ position: fc.nat(depth), amount: fc.bigInt({ min: 1n, max: 10n ** 9n }) }),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(chainOf(depth, anyTaxpayer), given, (input, gifts) => {
        const before = priceChain(input);
        const kept = margins(before.legs);
        const reductions = gifts.map(({ position, amount }) => {
          const giver = input.parties[position + 1]!.id;
          return { kind: 'coupon' as const, rule: 'r', giver, amount };
        });
        const cost = new Map(kept.map(({ organisation }) => [organisation, 0n]));
        for (const { giver, amount } of reductions) cost.set(giver, cost.get(giver)! + amount);
        const isAgent = (index: number): boolean => input.edges[index]!.mode === 'rebate';
        fc.pre(
          kept.every((entry, index) => !isAgent(index) || cost.get(entry.organisation)! <= entry.margin),
        );
        fc.pre(sum(gifts.map((gift) => gift.amount)) <= before.price);

        const permits = { belowCost: input.parties.map((party) => party.id) };
        const after = priceChain({ ...input, reductions, permits });
        expect(after.payable).toBe(before.payable - sum(gifts.map((gift) => gift.amount)));
        conserves(after);
        margins(after.legs).forEach((entry, index) => {
          expect(entry.margin).toBe(kept[index]!.margin - cost.get(entry.organisation)!);
        });
      }),
    );
  });

  test('an agent whose reductions exceed its margin is refused, whatever is approved', () => {
    fc.assert(
      fc.property(chainOf(depth, anyTaxpayer), fc.nat(depth), (input, position) => {
        fc.pre(input.edges[position]!.mode === 'rebate');
        const before = priceChain(input);
        const { organisation, margin } = margins(before.legs)[position]!;
        fc.pre(margin < before.price);
        const reduction = { kind: 'coupon' as const, rule: 'r', giver: organisation, amount: margin + 1n };
        const permits = { belowCost: input.parties.map((party) => party.id) };
        expect(() => priceChain({ ...input, reductions: [reduction], permits })).toThrow(
          expect.objectContaining({ code: 'REDUCTION_EXCEEDS_MARGIN' }),
        );
      }),
    );
  });

  test('pieces share a reduction to the last 分', () => {
    fc.assert(
      fc.property(
        chainOf(depth, anyTaxpayer),
        fc.integer({ min: 1, max: 20 }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (input, pieces, amount) => {
          const { price } = priceChain(input);
          fc.pre(price > amount);
          const giver = input.parties[1]!.id;
          fc.pre(input.edges[0]!.mode === 'discount');
          const permits = { belowCost: [giver, ...input.permits!.belowCost!] };
          const chains = priceGroup(
            { ...input, permits, reductions: [{ kind: 'promotion', rule: 'r', giver, amount }] },
            pieces,
          );
          expect(chains).toHaveLength(pieces);
          expect(sum(chains.map((chain) => chain.payable))).toBe(price * BigInt(pieces) - amount);
          chains.forEach(conserves);
        },
      ),
    );
  });
});

test('a fixed price and a rate that mean the same give the same legs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 60 }),
      (tenThousandth, months) => {
        const terms = [rate(tenThousandths(tenThousandth)), fixed(tenThousandth * 100)];
        const [byRate, byPrice] = terms.map((price) =>
          priceChain({
            product: { id: 'product', kind: 'cloud-host' },
            parties: ['S', 'P'].map((id) => ({ id, taxpayer: general })),
            edges: [discountEdge('S', 'P', price)],
            customer: 'C',
            retail: { price: rate('1'), floor: null },
            measure: { listUnitPrice: '1000000', quantity: '1', months },
          }),
        );
        expect(byPrice).toEqual(byRate);
      },
    ),
  );
});
