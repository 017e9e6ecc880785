import { arrayOf, textArrayOf } from './array-text.ts';
import type { Books } from './books.ts';
import type { PreparedEvent } from './prepare.ts';

/** The call of the posting function; the order of arguments is that of `schema/post.sql`. */
export const postStatement = `select outcomes, event_ids, answers from ledger.post(${Array.from(
  { length: 45 },
  (_, index) => `$${index + 1}`,
).join()})`;

/** Turns a batch into the arguments of the posting function: parallel arrays, positions instead of names. */
export function encodeBatch(events: readonly PreparedEvent[], books: Books): unknown[] {
  const accounts = [...new Set(events.flatMap((event) => event.accounts))].sort((a, b) => a - b);
  const positionOf = new Map(accounts.map((id, index) => [id, index + 1]));
  const organisations = indexed();
  const holds = indexed();
  const holdPlaces: number[] = [];

  const v = { event: [] as number[], book: [] as number[], red: [] as boolean[], hash: [] as Buffer[] };
  const texts = {
    templates: [] as string[],
    inputs: [] as string[],
    accounts: [] as string[],
    amounts: [] as string[],
  };
  const g = { event: [] as number[], position: [] as number[], amount: [] as bigint[] };
  const o = { event: [] as number[], kind: [] as string[], position: [] as number[], hold: [] as number[] };
  const heldIn: number[] = [];
  const held: (bigint | null)[] = [];
  const p = { event: [] as number[], book: [] as number[], revenue: [] as bigint[], vat: [] as bigint[] };
  const plan = { cost: [] as bigint[], basis: [] as string[], months: [] as (number | null)[] };
  const s = { event: [] as number[], gross: [] as bigint[], commission: [] as bigint[] };
  const item = {
    seller: [] as string[],
    buyer: [] as string[],
    kind: [] as string[],
    paidBy: [] as string[],
  };
  const settleable: string[] = [];

  events.forEach((event, index) => {
    const n = index + 1;
    for (const voucher of event.vouchers) {
      v.event.push(n);
      v.book.push(organisations.of(voucher.organisation));
      v.red.push(voucher.isRed);
      v.hash.push(voucher.hash);
      texts.templates.push(voucher.templates);
      texts.inputs.push(voucher.inputs);
      texts.accounts.push(voucher.accounts);
      texts.amounts.push(voucher.amounts);
    }
    for (const { account, effect } of event.guarded) {
      g.event.push(n);
      g.position.push(positionOf.get(account)!);
      g.amount.push(effect);
    }
    for (const operation of event.operations) {
      const position = positionOf.get(operation.account)!;
      const hold = holds.of(`${operation.account} ${operation.reference}`);
      holdPlaces[hold - 1] = position;
      o.event.push(n);
      heldIn.push(organisations.of(operation.at.organisation));
      o.kind.push(operation.kind);
      o.position.push(position);
      o.hold.push(hold);
      held.push(operation.amount);
    }
    for (const draft of event.plans) {
      p.event.push(n);
      p.book.push(organisations.of(draft.organisation));
      p.revenue.push(draft.revenue);
      p.vat.push(draft.vat);
      plan.cost.push(draft.cost);
      plan.basis.push(draft.basis);
      plan.months.push(draft.months);
    }
    for (const draft of event.items) {
      s.event.push(n);
      s.gross.push(draft.gross);
      s.commission.push(draft.commission);
      item.seller.push(draft.seller);
      item.buyer.push(draft.buyer);
      item.kind.push(draft.kind);
      item.paidBy.push(draft.paidBy);
      settleable.push(draft.settleable);
    }
  });

  const books_ = organisations.names();
  return [
    textArrayOf(books_),
    `{${books_.map((organisation) => books.find(organisation)!.revision).join()}}`,
    textArrayOf(events.map((event) => event.key)),
    Buffer.concat(events.map((event) => event.payloadHash)),
    textArrayOf(events.map((event) => event.type)),
    textArrayOf(events.map((event) => event.source)),
    textArrayOf(events.map((event) => event.date)),
    textArrayOf(events.map((event) => event.at)),
    textArrayOf(events.map((event) => event.channel)),
    `{${events.map((event) => event.reverses ?? 'NULL').join()}}`,
    arrayOf(v.event),
    arrayOf(v.book),
    textArrayOf(texts.templates),
    textArrayOf(texts.inputs),
    textArrayOf(texts.accounts),
    textArrayOf(texts.amounts),
    arrayOf(v.red),
    Buffer.concat(v.hash),
    arrayOf(accounts),
    arrayOf(g.event),
    arrayOf(g.position),
    arrayOf(g.amount),
    arrayOf(o.event),
    arrayOf(heldIn),
    textArrayOf(o.kind),
    arrayOf(o.position),
    arrayOf(o.hold),
    arrayOf(held),
    textArrayOf(holds.names().map((name) => name.slice(name.indexOf(' ') + 1))),
    arrayOf(holdPlaces),
    arrayOf(p.event),
    arrayOf(p.book),
    arrayOf(p.revenue),
    arrayOf(p.vat),
    arrayOf(plan.cost),
    textArrayOf(plan.basis),
    arrayOf(plan.months),
    arrayOf(s.event),
    textArrayOf(item.seller),
    textArrayOf(item.buyer),
    textArrayOf(item.kind),
    arrayOf(s.gross),
    arrayOf(s.commission),
    textArrayOf(item.paidBy),
    textArrayOf(settleable),
  ];
}

/** Numbers names from 1 in the order in which they first come. */
function indexed(): { of(name: string): number; names(): string[] } {
  const numbers = new Map<string, number>();
  return {
    of: (name) => {
      const known = numbers.get(name);
      if (known) return known;
      numbers.set(name, numbers.size + 1);
      return numbers.size;
    },
    names: () => [...numbers.keys()],
  };
}
