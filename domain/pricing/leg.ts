import type { Fen, RateString } from '../money.ts';

/** How a buyer resells: `discount` = buys and sells at its own price; `rebate` = sells for the seller and earns commission. */
export type SaleMode = 'discount' | 'rebate';

/**
 * One arrow of the price chain of one order line, frozen when the order is submitted (price-chain rules 2, 7, 8).
 * Amounts are 分, VAT included unless named net of VAT. The leg to the customer is always `discount` without commission.
 */
export interface Leg {
  /** 0 = supplier → platform, counted towards the customer; the last leg is the one to the customer. */
  readonly index: number;
  readonly seller: string;
  readonly buyer: string;
  readonly mode: SaleMode;
  /** What the buyer pays (discount) or collects for the seller (rebate). */
  readonly gross: Fen;
  /** What the buyer keeps of `gross`; 0 in discount mode. */
  readonly commission: Fen;
  /** gross − commission: what is settled between the two. */
  readonly net: Fen;
  /** VAT rate `gross` is split by: the seller's; below the principal the principal's, for the sale is its. */
  readonly vatRate: RateString;
  readonly grossNet: Fen;
  readonly grossVat: Fen;
  /** VAT rate `commission` is split by: that of the buyer, who renders the service. */
  readonly commissionVatRate: RateString;
  readonly commissionNet: Fen;
  readonly commissionVat: Fen;
  /** Who pays here deducts the VAT: the buyer of a discount leg (`grossVat`), the seller of a rebate leg (`commissionVat`). False on the leg to the customer. */
  readonly deductible: boolean;
}
