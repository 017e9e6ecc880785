import { canonicalText } from '../../domain/ledger/canonical.ts';
import type { Basis, PaidBy, Settleable } from '../../domain/ledger/draft.ts';
import { civilDate } from '../../domain/time.ts';
import type { Books, Query } from './books.ts';
import type { Submission } from './poster.ts';
import { contentText, digest, type PreparedEvent, type PreparedVoucher } from './prepare.ts';

export interface RefundRequest {
  readonly key: string;
  readonly lineNo: string;
  readonly at: Date;
  readonly reason: string;
}

/** What a sale wrote, as `ledger.sale_of` answers it. */
interface PostedSale {
  id: string;
  vouchers: {
    organisation: string;
    templates: string;
    inputs: string[];
    accounts: string[];
    amounts: string[];
    plan: { revenue: string; vat: string; cost: string; basis: Basis; months: number | null } | null;
  }[];
  guarded: string[];
  items: {
    seller: string;
    buyer: string;
    kind: 'supply' | 'purchase' | 'collection';
    gross: string;
    commission: string;
    paidBy: PaidBy;
    settleable: Settleable;
  }[];
}

/**
 * The reversal of a sale (E7c): the same vouchers with every effect turned round, red where the book reverses in red;
 * plans and settlement items taken back; gift and cash back to the parts of the wallet that they came from.
 * @returns null when nothing of that line was sold
 */
export async function reversalOf(
  request: RefundRequest,
  query: Query,
): Promise<{ payload: string; submission: Submission } | null> {
  const [row] = await query<{ sale: PostedSale | null }>('select ledger.sale_of($1) as sale', [
    request.lineNo,
  ]);
  const sale = row?.sale;
  if (!sale) return null;
  const payload = canonicalText({ type: 'refund', ...request });
  const submission: Submission = {
    key: request.key,
    group: `refund ${sale.id}`,
    books: sale.vouchers.map(({ organisation }) => organisation),
    prepare: (books, missing) => {
      const lacking = sale.vouchers.filter(({ organisation }) => !books.find(organisation));
      missing.books.push(...lacking.map(({ organisation }) => organisation));
      return lacking.length > 0 ? null : prepareReversal(request, sale, payload, books);
    },
  };
  return { payload, submission };
}

function prepareReversal(
  request: RefundRequest,
  sale: PostedSale,
  payload: string,
  books: Books,
): PreparedEvent {
  const event = { key: request.key, type: 'refund', source: request.lineNo };
  const isGuarded = new Set(sale.guarded);
  const guarded: { account: number; effect: bigint }[] = [];
  const vouchers = sale.vouchers.map((voucher): PreparedVoucher => {
    const effects = voucher.amounts.map((amount) => -BigInt(amount));
    voucher.accounts.forEach((account, index) => {
      if (isGuarded.has(account)) guarded.push({ account: Number(account), effect: effects[index]! });
    });
    const { organisation, templates, plan } = voucher;
    const [inputs, accounts, amounts] = [voucher.inputs.join(), voucher.accounts.join(), effects.join()];
    const isRed = books.find(organisation)!.isRed;
    return {
      organisation,
      templates,
      inputs: `{${inputs}}`,
      accounts: `{${accounts}}`,
      amounts: `{${amounts}}`,
      isRed,
      hash: digest(contentText(event, organisation, templates, inputs, accounts, amounts, isRed)),
      plan: plan && {
        ...plan,
        revenue: -BigInt(plan.revenue),
        vat: -BigInt(plan.vat),
        cost: -BigInt(plan.cost),
      },
    };
  });
  return {
    ...event,
    payloadHash: digest(payload),
    date: civilDate(request.at),
    at: request.at.toISOString(),
    channel: null,
    reverses: sale.id,
    books: sale.vouchers.map(({ organisation }) => organisation),
    vouchers,
    guarded,
    operations: [],
    items: sale.items.map((item) => ({
      ...item,
      gross: -BigInt(item.gross),
      commission: -BigInt(item.commission),
    })),
  };
}
