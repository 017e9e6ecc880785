import type { ChartAccount } from '../../domain/ledger/chart.ts';
import type { Address } from '../../domain/ledger/draft.ts';
import type { HoldRequest, ReservationRequest } from '../../domain/ledger/holds.ts';
import type { Deposit, Gift, Recharge } from '../../domain/ledger/money-in.ts';
import type { Sale } from '../../domain/ledger/sale.ts';
import type { EntryTemplate } from '../../domain/ledger/template.ts';
import type { Fen } from '../../domain/money.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';
import type { Finding } from './care.ts';
import type { RefundRequest } from './reversal.ts';

/** The event is in the books; `repeated` says that it was there before. */
export interface Posted {
  readonly outcome: 'posted';
  readonly eventId: string;
  readonly repeated: boolean;
}

/** Refused and remembered under its key: a new decision takes a new key. `edge` or wallet says where it was short. */
export interface Rejected {
  readonly outcome: 'rejected';
  readonly reason: 'INSUFFICIENT_BALANCE' | 'HOLD_EXHAUSTED';
  readonly missing: Fen;
  readonly account: Address | null;
  readonly edge: { seller: string; buyer: string } | null;
}

export type Outcome = Posted | Rejected;

/** What a hold took of each part of the wallet. */
export interface Held {
  readonly outcome: 'held';
  readonly gift: Fen;
  readonly cash: Fen;
  readonly repeated: boolean;
}

export interface Wallet {
  readonly cash: Fen;
  readonly gift: Fen;
  readonly held: Fen;
  /** cash + gift − held */
  readonly available: Fen;
}

export interface BookSettings {
  /** First day of the book's first month. */
  readonly firstPeriod: string;
  readonly reversalStyle?: 'red' | 'blue';
  readonly policies?: Readonly<Record<string, unknown>>;
}

/**
 * The only way money moves. Amounts are bigint 分, `at` is the business instant, every call is idempotent for ever by
 * its `key`. All calls throw BusinessError IDEMPOTENCY_KEY_REUSED (same key, other content), BOOK_PARKED (wait and
 * repeat), ALREADY_POSTED (the line was sold or refunded under another key).
 */
export interface Ledger {
  openBook(organisation: string, settings: BookSettings): Promise<void>;
  addChartAccount(organisation: string, account: ChartAccount): Promise<void>;
  /** @throws RangeError when the template does not balance for all inputs or names an unknown account */
  activateTemplate(organisation: string, template: EntryTemplate): Promise<void>;
  /** How much a buyer may owe its seller (null: unlimited). False: it already owes more. */
  setCreditLimit(limit: {
    seller: string;
    buyer: string;
    mode: SaleMode;
    limit: Fen | null;
  }): Promise<boolean>;
  /** Stops a book from being posted to, or with null releases it. */
  park(organisation: string, reason: string | null): Promise<void>;

  recharge(recharge: Recharge): Promise<Posted>;
  giveGift(gift: Gift): Promise<Posted>;
  deposit(deposit: Deposit): Promise<Posted>;
  placeHold(request: HoldRequest): Promise<Held | Rejected>;
  /** Gives back the rest of an order's hold, or `amount` of it, `gift` of that from the gift part. */
  releaseHold(request: {
    key: string;
    orderNo: string;
    amount?: Fen;
    gift?: Fen;
    at: Date;
  }): Promise<Outcome>;
  reserveEdges(request: ReservationRequest): Promise<Outcome>;
  releaseEdges(request: { key: string; orderNo: string; lineNo?: string; at: Date }): Promise<Posted>;
  sell(sale: Sale): Promise<Outcome>;
  /** @throws BusinessError SALE_NOT_FOUND when the line was never sold */
  refundSale(request: RefundRequest): Promise<Posted>;
  /** The service of a line began: plans and settlement items that wait for it start. */
  activate(lineNo: string, at: Date): Promise<void>;
  wallet(customer: string, seller: string): Promise<Wallet>;

  /** Numbers and seals what was posted to a book; answers how many vouchers. */
  numberVouchers(organisation: string): Promise<number>;
  /** The organisations that keep a book. */
  listBooks(): Promise<string[]>;
  /** Runs the checks over all books. */
  findBroken(): Promise<Finding[]>;
  /** Closes a book's first open month; answers its first day. */
  closePeriod(organisation: string): Promise<string>;
  close(): Promise<void>;
}
