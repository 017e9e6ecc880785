import { BusinessError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { RateString } from '../money.ts';
import type { PriceTerm } from './amount.ts';
import type { SaleMode } from './leg.ts';

/** What an organisation is for VAT at the instant of the sale; a small-scale taxpayer cannot deduct. */
export interface Taxpayer {
  readonly kind: 'general' | 'small-scale';
  readonly rate: RateString;
}

/** An organisation of the chain, from the supplier down to the last seller. */
export interface Party {
  readonly id: string;
  readonly taxpayer: Taxpayer;
}

/** Which products an agreement covers: everything, or the listed products and kinds. */
export type ProductScope =
  { readonly all: true } | { readonly products: readonly string[]; readonly kinds: readonly string[] };

/** An agreement in force between two neighbours, as far as it prices one product. */
export interface Edge {
  readonly seller: string;
  readonly buyer: string;
  readonly mode: SaleMode;
  readonly scope: ProductScope;
  /** Price of the leg; needed in discount mode. */
  readonly price: PriceTerm | null;
  /** Commission as a rate of the amount collected, VAT included, before reductions; needed in rebate mode. */
  readonly commissionRate: RateString | null;
  /** Lowest price the seller gives without approval. */
  readonly floor: PriceTerm | null;
}

/**
 * A refusal by one edge or party of the chain. `at` is for the staff of that edge only and is kept out of `details`,
 * which may be answered to anybody.
 */
export class PricingRefusal extends BusinessError {
  readonly at: { readonly seller: string; readonly buyer: string };

  constructor(code: ErrorCode, at: { seller: string; buyer: string }) {
    super(code);
    this.name = 'PricingRefusal';
    this.at = { seller: at.seller, buyer: at.buyer };
  }
}

/** Whether an agreement's scope covers a product. */
export function isInScope(scope: ProductScope, product: { id: string; kind: string }): boolean {
  return 'all' in scope || scope.products.includes(product.id) || scope.kinds.includes(product.kind);
}

/**
 * Discount edges first, then rebate edges, from the supplier down (price-chain rule 4). Called per product when an
 * edge is activated, when a node moves, and on every pricing. @throws DISCOUNT_BELOW_REBATE at the lower edge
 */
export function assertModesMix(edges: readonly Pick<Edge, 'seller' | 'buyer' | 'mode'>[]): void {
  const firstRebate = edges.findIndex((edge) => edge.mode === 'rebate');
  const offending =
    firstRebate < 0 ? undefined : edges.slice(firstRebate).find((edge) => edge.mode === 'discount');
  if (offending) throw new PricingRefusal('DISCOUNT_BELOW_REBATE', offending);
}

/** Position of the principal among the parties (0 = supplier): the buyer of the last discount edge. */
export function principalPosition(edges: readonly Pick<Edge, 'mode'>[]): number {
  const firstRebate = edges.findIndex((edge) => edge.mode === 'rebate');
  return firstRebate < 0 ? edges.length : firstRebate;
}
