import type { Fen } from '../money.ts';
import type { CivilDate } from '../time.ts';
import type { Part } from './template.ts';

export type EventType = 'recharge' | 'gift' | 'deposit' | 'hold' | 'release' | 'reserve' | 'sale' | 'refund';

/** A posting address: title and, where it is kept per organisation, whose name ('' for none). */
export interface Address {
  readonly organisation: string;
  readonly account: string;
  readonly party: string;
}

/**
 * What is done to a hold before the lines are posted. `hold-up-to` takes what is there, at most `amount`, and
 * `hold-rest` after it the rest or nothing; `capture-up-to` takes what the hold still has; `release` null is all.
 * Operations on an account without a guard do nothing.
 */
export interface Operation {
  readonly kind: 'hold' | 'hold-up-to' | 'hold-rest' | 'capture' | 'capture-up-to' | 'release';
  readonly at: Address;
  readonly reference: string;
  readonly amount: Fen | null;
}

/** One book's voucher before it is expanded with that book's templates. */
export interface VoucherDraft {
  readonly organisation: string;
  readonly parts: readonly Part[];
}

export type Basis = 'straight-line' | 'quantity' | 'at-once';

/** What a sale leaves to be recognised in one book; amounts 分, without VAT but for `vat`. */
export interface PlanDraft {
  readonly organisation: string;
  readonly revenue: Fen;
  readonly vat: Fen;
  readonly cost: Fen;
  readonly basis: Basis;
  readonly months: number | null;
}

export type PaidBy = 'credit' | 'deposit';
export type Settleable = 'activation' | 'payment' | 'no-reason-days' | 'monthly';

/** What two neighbours settle for one event; `gross − commission` is owed by the buyer. */
export interface ItemDraft {
  readonly seller: string;
  readonly buyer: string;
  readonly kind: 'supply' | 'purchase' | 'collection';
  readonly gross: Fen;
  readonly commission: Fen;
  readonly paidBy: PaidBy;
  readonly settleable: Settleable;
}

/** A business event with all that it does, to be posted in one commit or not at all. */
export interface EventDraft {
  readonly key: string;
  readonly type: EventType;
  /** The number people see: recharge, order or `ORDER/LINE`. */
  readonly source: string;
  readonly at: Date;
  readonly date: CivilDate;
  /** Everything that was asked, in one canonical text; the same key with another one is refused. */
  readonly payload: string;
  readonly vouchers: readonly VoucherDraft[];
  readonly operations: readonly Operation[];
  readonly plans: readonly PlanDraft[];
  readonly items: readonly ItemDraft[];
  /** How money came in, for the lots of the wallet. */
  readonly channel?: string;
}
