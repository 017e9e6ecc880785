import type { Fen } from '../money.ts';
import type { Leg } from '../pricing/leg.ts';
import type { Reduction } from '../pricing/reduction.ts';
import { civilDate } from '../time.ts';
import { canonicalText } from './canonical.ts';
import type {
  Basis,
  EventDraft,
  ItemDraft,
  Operation,
  PaidBy,
  PlanDraft,
  Settleable,
  VoucherDraft,
} from './draft.ts';
import { assertLineOf, cashOf, edgeAccount, giftOf } from './holds.ts';
import type { Part } from './template.ts';

export interface LegTerms {
  readonly upstreamPay: PaidBy;
  readonly settleable: Settleable;
}

/** How the supplier is paid; only `prepaid` is booked with the sale, `own` has no supplier rows at all. */
export type SupplierMode = 'prepaid' | 'postpaid' | 'share' | 'own';

/** The sale of one order line through its whole chain. */
export interface Sale {
  readonly key: string;
  readonly orderNo: string;
  /** `ORDER/LINE`; sold at most once. */
  readonly lineNo: string;
  readonly at: Date;
  readonly customer: string;
  /** Supplier → platform first, → customer last. */
  readonly legs: readonly Leg[];
  readonly reductions: readonly Reduction[];
  /** By leg index; a leg without terms is on credit and settleable at activation. */
  readonly terms: readonly LegTerms[];
  readonly recognition: { readonly basis: Basis; readonly months?: number };
  readonly supplierMode: SupplierMode;
  /** `hold` (default) captures the order's hold; `wallet` takes what is available. */
  readonly funding?: 'hold' | 'wallet';
}

const usualTerms: LegTerms = { upstreamPay: 'credit', settleable: 'activation' };

/**
 * One order line in every book it touches: n + 1 vouchers, what each book has to recognise, what each pair of
 * neighbours settles, and the captures of what was set aside (price chain rules 2, 4, 5; research E4, E9, E9k, E14).
 * @throws RangeError when the legs are no chain, or a discount leg stands below a rebate leg
 */
export function saleDraft(sale: Sale): EventDraft {
  assertChain(sale);
  const vouchers: VoucherDraft[] = [];
  const plans: PlanDraft[] = [];
  for (let position = 1; position < sale.legs.length; position += 1) {
    vouchers.push({ organisation: sale.legs[position]!.seller, parts: partsOf(sale, position) });
    const plan = planOf(sale, position);
    if (plan) plans.push(plan);
  }
  return {
    key: sale.key,
    type: 'sale',
    source: sale.lineNo,
    at: sale.at,
    date: civilDate(sale.at),
    payload: payloadOf(sale),
    vouchers,
    operations: captures(sale),
    plans,
    items: itemsOf(sale),
  };
}

/** Everything of a sale that was asked, in one text; by hand, for it is made for every sale and names many figures. */
function payloadOf(sale: Sale): string {
  let text = `sale ${sale.orderNo} ${sale.lineNo} ${sale.at.getTime()} ${sale.customer} ${sale.supplierMode} ${sale.funding ?? 'hold'}`;
  text += ` ${sale.recognition.basis} ${sale.recognition.months ?? ''}`;
  for (const leg of sale.legs) {
    text += `\n${leg.index} ${leg.seller} ${leg.buyer} ${leg.mode} ${leg.gross} ${leg.commission} ${leg.net} ${leg.vatRate} ${leg.grossNet}`;
    text += ` ${leg.grossVat} ${leg.commissionVatRate} ${leg.commissionNet} ${leg.commissionVat} ${leg.deductible}`;
  }
  return text + canonicalText([sale.reductions, sale.terms]);
}

const termsOf = (sale: Sale, index: number): LegTerms => sale.terms[index] ?? usualTerms;
const giftUsed = (sale: Sale): Fen =>
  sale.reductions.reduce((sum, { kind, amount }) => (kind === 'gift' ? sum + amount : sum), 0n);

function assertChain({ legs, customer, orderNo, lineNo }: Sale): void {
  assertLineOf(orderNo, lineNo);
  const joined =
    legs.length >= 2 &&
    legs.at(-1)!.buyer === customer &&
    legs.every((leg, index) => index === 0 || leg.seller === legs[index - 1]!.buyer);
  if (!joined)
    throw new RangeError(`${lineNo}: the legs do not join supplier, platform, distributors and customer`);
  const firstRebate = legs.findIndex((leg) => leg.mode === 'rebate');
  const mixed = firstRebate >= 0 && legs.slice(firstRebate, -1).some((leg) => leg.mode === 'discount');
  if (mixed) throw new RangeError(`${lineNo}: a discount leg below a rebate leg`);
}

/** The templates of the book that stands between leg `position − 1` (above) and leg `position` (below). */
function partsOf(sale: Sale, position: number): Part[] {
  const above = sale.legs[position - 1]!;
  const below = sale.legs[position]!;
  const isAgent = above.mode === 'rebate';
  const isLast = position === sale.legs.length - 1;
  const parts: Part[] = [received(sale, position)];
  if (isAgent) {
    const { commission: gross, commissionNet: net, commissionVat: vat } = above;
    parts.push({
      template: 'commission.income',
      inputs: { gross, net, vat },
      parties: { seller: above.seller },
    });
  } else if (position > 1) {
    const slots = {
      owed: termsOf(sale, above.index).upstreamPay === 'deposit' ? '1123.deposit' : '2202.upstream',
    };
    const inputs = costOf(above.gross, above.grossNet, above.grossVat, above.deductible);
    parts.push({ template: 'purchase', inputs, parties: { seller: above.seller }, slots });
  } else if (sale.supplierMode === 'prepaid') {
    const inputs = costOf(above.gross, above.grossNet, above.grossVat, above.deductible);
    parts.push({ template: 'supply.prepaid', inputs, parties: { supplier: above.seller } });
  }
  if (!isLast && below.mode === 'rebate') {
    const inputs = costOf(below.commission, below.commissionNet, below.commissionVat, below.deductible);
    const template = isAgent ? 'commission.passed' : 'commission.expense';
    parts.push({ template, inputs, parties: { buyer: below.buyer } });
  }
  const gift = isLast ? giftUsed(sale) : 0n;
  if (gift > 0n) {
    parts.push({ template: 'gift.use', inputs: { amount: gift }, parties: { customer: sale.customer } });
  }
  return parts;
}

function received(sale: Sale, position: number): Part {
  const above = sale.legs[position - 1]!;
  const below = sale.legs[position]!;
  const { gross, grossNet: net, grossVat: vat } = below;
  const isAgent = above.mode === 'rebate';
  const isLast = position === sale.legs.length - 1;
  const collected = edgeAccount('rebate', termsOf(sale, below.index).upstreamPay);
  // A supplier keeps no book here, so what is collected for it is always owed.
  const byDeposit = position > 1 && termsOf(sale, above.index).upstreamPay === 'deposit';
  const owed = byDeposit ? '1123.deposit' : '2241.collected';
  const [customer, buyer, seller] = [sale.customer, below.buyer, above.seller];
  if (isLast && isAgent) {
    return {
      template: 'collection.customer',
      inputs: { gross },
      parties: { customer, seller },
      slots: { owed },
    };
  }
  if (isLast) return { template: 'sale.customer', inputs: { gross, net, vat }, parties: { customer } };
  if (below.mode === 'discount') {
    const slots = { due: edgeAccount('discount', termsOf(sale, below.index).upstreamPay) };
    return { template: 'sale.distributor', inputs: { gross, net, vat }, parties: { buyer }, slots };
  }
  if (isAgent) {
    const slots = { collected, owed };
    return { template: 'collection.agent', inputs: { gross }, parties: { buyer, seller }, slots };
  }
  return {
    template: 'sale.collected',
    inputs: { gross, net, vat },
    parties: { buyer },
    slots: { collected },
  };
}

function costOf(gross: Fen, net: Fen, vat: Fen, deductible: boolean): { gross: Fen; cost: Fen; tax: Fen } {
  return deductible ? { gross, cost: net, tax: vat } : { gross, cost: gross, tax: 0n };
}

function planOf(sale: Sale, position: number): PlanDraft | null {
  const above = sale.legs[position - 1]!;
  const below = sale.legs[position]!;
  if (above.mode === 'rebate') return null;
  const isBooked = position > 1 || sale.supplierMode === 'prepaid';
  const cost = isBooked ? (above.deductible ? above.grossNet : above.gross) : 0n;
  const { grossNet: revenue, grossVat: vat } = below;
  if (revenue === 0n && vat === 0n && cost === 0n) return null;
  const { basis, months = null } = sale.recognition;
  return { organisation: below.seller, revenue, vat, cost, basis, months };
}

function itemsOf(sale: Sale): ItemDraft[] {
  return sale.legs.slice(sale.supplierMode === 'own' ? 1 : 0, -1).map((leg) => ({
    seller: leg.seller,
    buyer: leg.buyer,
    kind: leg.mode === 'rebate' ? 'collection' : leg.index === 0 ? 'supply' : 'purchase',
    gross: leg.gross,
    commission: leg.commission,
    paidBy: leg.index === 0 ? 'credit' : termsOf(sale, leg.index).upstreamPay,
    settleable: termsOf(sale, leg.index).settleable,
  }));
}

function captures(sale: Sale): Operation[] {
  const operations: Operation[] = [];
  for (const leg of sale.legs.slice(1, -1)) {
    const account = edgeAccount(leg.mode, termsOf(sale, leg.index).upstreamPay);
    const at = { organisation: leg.seller, account, party: leg.buyer };
    operations.push({ kind: 'capture-up-to', at, reference: sale.lineNo, amount: leg.gross });
  }
  if (sale.funding === 'wallet') return operations;
  const last = sale.legs.at(-1)!;
  const gift = giftUsed(sale);
  const reference = sale.orderNo;
  if (gift > 0n) {
    operations.push({ kind: 'capture', at: giftOf(last.seller, sale.customer), reference, amount: gift });
  }
  if (last.gross > 0n) {
    operations.push({
      kind: 'capture',
      at: cashOf(last.seller, sale.customer),
      reference,
      amount: last.gross,
    });
  }
  return operations;
}
