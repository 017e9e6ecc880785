import { BusinessError } from '../errors.ts';
import { multiplyRate, parseRate, splitVat } from '../money.ts';
import type { Fen } from '../money.ts';
import { amountOf, basisOf } from './amount.ts';
import type { Basis, Measure, PriceTerm } from './amount.ts';
import { assertModesMix, isInScope, PricingRefusal, principalPosition } from './edge.ts';
import type { Edge, Party } from './edge.ts';
import type { Leg } from './leg.ts';
import { margins } from './margins.ts';
import { applyReduction } from './reduction.ts';
import type { LegAmounts, Reduction } from './reduction.ts';

/** Everything that prices one order line, read at one instant. */
export interface ChainInput {
  readonly product: { readonly id: string; readonly kind: string };
  /** Supplier, platform, distributors down to the customer's seller. */
  readonly parties: readonly Party[];
  /** Agreements between neighbours: supplier → platform first. One fewer than parties. */
  readonly edges: readonly Edge[];
  readonly customer: string;
  /** The principal's price to the customer, and the lowest one its seller gives without approval. */
  readonly retail: { readonly price: PriceTerm | null; readonly floor: PriceTerm | null };
  readonly measure: Measure;
  readonly reductions?: readonly Reduction[];
  /** Ids of sellers whose approvals permit a price below their floor or below their cost. */
  readonly permits?: { readonly belowFloor?: readonly string[]; readonly belowCost?: readonly string[] };
}

/** The priced chain of one order line; legs are what an order freezes, one row each. */
export interface Chain {
  readonly principal: string;
  /** The platform's list price of the whole line. */
  readonly list: Fen;
  /** The customer's price before reductions. */
  readonly price: Fen;
  readonly reductions: readonly Reduction[];
  /** What the customer pays. */
  readonly payable: Fen;
  readonly legs: readonly Leg[];
}

/**
 * Prices one line through every book it touches, at any depth (design: price-chain rules 1–8).
 * @throws PricingRefusal OUT_OF_SCOPE, PRICE_MISSING, BELOW_FLOOR, NEGATIVE_MARGIN, DISCOUNT_BELOW_REBATE,
 *   REDUCTION_EXCEEDS_MARGIN, REDUCTION_EXCEEDS_PRICE; BusinessError PERIOD_NOT_OFFERED, QUANTITY_NOT_VALID;
 *   RangeError when the edges do not join the parties
 */
export function priceChain(input: ChainInput): Chain {
  assertJoined(input);
  assertModesMix(input.edges);
  const outside = input.edges.find((edge) => !isInScope(edge.scope, input.product));
  if (outside) throw new PricingRefusal('OUT_OF_SCOPE', outside);

  const basis = basisOf(input.measure);
  const principal = principalPosition(input.edges);
  const reductions = input.reductions ?? [];
  const before = amountsBeforeReductions(input, basis, principal);
  const price = before.at(-1)!.gross;
  const after = reductions.reduce<LegAmounts[]>(
    (legs, reduction) => applyReduction(legs, reduction.amount, giverPosition(input, reduction), principal),
    before,
  );
  const payable = after.at(-1)!.gross;
  if (payable < 0n) throw new BusinessError('REDUCTION_EXCEEDS_PRICE');
  const legs = after.map((amounts, index) => legOf(input, amounts, index, principal));
  assertFloors(input, legs, basis);
  assertMargins(input, legs, principal);
  return { principal: input.parties[principal]!.id, list: basis.list, price, reductions, payable, legs };
}

function assertJoined({ parties, edges }: ChainInput): void {
  const joined =
    parties.length >= 2 &&
    edges.length === parties.length - 1 &&
    edges.every((edge, index) => edge.seller === parties[index]!.id && edge.buyer === parties[index + 1]!.id);
  if (!joined) throw new RangeError('the edges do not join supplier, platform and distributors in order');
}

function giverPosition({ parties }: ChainInput, { giver, amount }: Reduction): number {
  const position = parties.findIndex((party) => party.id === giver);
  if (position < 0) throw new RangeError('a reduction is given by a party of the chain');
  if (amount <= 0n) throw new RangeError('a reduction is above zero');
  return position;
}

function amountsBeforeReductions(input: ChainInput, basis: Basis, principal: number): LegAmounts[] {
  const customerLeg = partiesOf(input, input.edges.length);
  if (!input.retail.price) throw new PricingRefusal('PRICE_MISSING', customerLeg);
  const collected = amountOf(input.retail.price, basis);
  const legs = input.edges.map((edge, index): LegAmounts => {
    if (index < principal) {
      if (!edge.price) throw new PricingRefusal('PRICE_MISSING', edge);
      return { gross: amountOf(edge.price, basis), commission: 0n };
    }
    if (edge.commissionRate === null) throw new PricingRefusal('PRICE_MISSING', edge);
    return { gross: collected, commission: multiplyRate(collected, parseRate(edge.commissionRate)) };
  });
  return [...legs, { gross: collected, commission: 0n }];
}

function partiesOf({ parties, customer }: ChainInput, index: number): { seller: string; buyer: string } {
  return { seller: parties[index]!.id, buyer: parties[index + 1]?.id ?? customer };
}

function legOf(input: ChainInput, { gross, commission }: LegAmounts, index: number, principal: number): Leg {
  const edge = input.edges[index];
  const mode = edge?.mode ?? 'discount';
  const seller = input.parties[index]!;
  const buyer = input.parties[index + 1];
  const vatRate = input.parties[Math.min(index, principal)]!.taxpayer.rate;
  const commissionVatRate = buyer?.taxpayer.rate ?? '0';
  const goods = splitVat(gross, parseRate(vatRate));
  const service = splitVat(commission, parseRate(commissionVatRate));
  const payer = mode === 'discount' ? buyer : seller;
  return {
    index,
    ...partiesOf(input, index),
    mode,
    gross,
    commission,
    net: gross - commission,
    vatRate,
    grossNet: goods.net,
    grossVat: goods.vat,
    commissionVatRate,
    commissionNet: service.net,
    commissionVat: service.vat,
    deductible: edge !== undefined && payer?.taxpayer.kind === 'general',
  };
}

/** The price of a leg is what its buyer pays or collects: no seller's floor is undercut by anybody without approval. */
function assertFloors(input: ChainInput, legs: readonly Leg[], basis: Basis): void {
  const floors = [...input.edges.map((edge) => edge.floor), input.retail.floor];
  const under = legs.find((leg, index) => {
    const floor = floors[index];
    return floor && leg.gross < amountOf(floor, basis) && !input.permits?.belowFloor?.includes(leg.seller);
  });
  if (under) throw new PricingRefusal('BELOW_FLOOR', under);
}

/** Who buys and sells goes below cost only with the approval that permits it; an agent never earns less than nothing. */
function assertMargins(input: ChainInput, legs: readonly Leg[], principal: number): void {
  margins(legs).forEach(({ organisation, margin }, index) => {
    if (margin >= 0n) return;
    const isAgent = index + 1 > principal;
    if (isAgent && input.reductions?.some((reduction) => reduction.giver === organisation)) {
      throw new PricingRefusal('REDUCTION_EXCEEDS_MARGIN', legs[index + 1]!);
    }
    if (isAgent || !input.permits?.belowCost?.includes(organisation)) {
      throw new PricingRefusal('NEGATIVE_MARGIN', legs[index + 1]!);
    }
  });
}
