import { arrayOf, textArrayOf } from './array-text.ts';
import type { Books } from './books.ts';
import type { PreparedEvent } from './prepare.ts';

const argumentCount = 44;
const parameters = Array.from({ length: argumentCount }, (_, index) => `$${index + 1}`).join();

/** The call of the posting function; the order of arguments is that of `schema/post.sql`. */
export const postStatement = `select outcomes, event_ids, answers from ledger.post(${parameters})`;

/** Turns a batch into the arguments of the posting function: parallel arrays, positions instead of names. */
export function encodeBatch(events: readonly PreparedEvent[], books: Books): unknown[] {
  const vouchers = rowsOf(events, (event) => event.vouchers);
  const lines = rowsOf(events, (event) => event.guarded);
  const operations = rowsOf(events, (event) => event.operations);
  const items = rowsOf(events, (event) => event.items);

  const accounts = [...new Set([...lines, ...operations].map(({ row }) => row.account))].sort(
    (a, b) => a - b,
  );
  const positions = new Map(accounts.map((id, index) => [id, index + 1]));
  const book = new Numbering();
  const party = new Numbering();
  const hold = new Numbering();
  for (const event of events) event.books.forEach((organisation) => book.of(organisation));
  const voucherBooks = vouchers.map(({ row }) => book.of(row.organisation));
  const operationBooks = operations.map(({ row }) => book.of(row.at.organisation));
  const operationHolds = operations.map(({ row }) => hold.of(`${row.account} ${row.reference}`));
  const sellers = items.map(({ row }) => party.of(row.seller));
  const buyers = items.map(({ row }) => party.of(row.buyer));
  const holds = hold.names().map((name) => ({
    account: Number(name.slice(0, name.indexOf(' '))),
    reference: name.slice(name.indexOf(' ') + 1),
  }));

  return [
    textArrayOf(book.names()),
    `{${book
      .names()
      .map((organisation) => books.find(organisation)!.revision)
      .join()}}`,
    textArrayOf(events.map((event) => event.key)),
    Buffer.concat(events.map((event) => event.payloadHash)),
    textArrayOf(events.map((event) => event.type)),
    textArrayOf(events.map((event) => event.source)),
    textArrayOf(events.map((event) => event.date)),
    textArrayOf(events.map((event) => event.at)),
    textArrayOf(events.map((event) => event.channel)),
    `{${events.map((event) => event.reverses ?? 'NULL').join()}}`,
    arrayOf(vouchers.map(({ n }) => n)),
    arrayOf(voucherBooks),
    textArrayOf(vouchers.map(({ row }) => row.templates)),
    textArrayOf(vouchers.map(({ row }) => row.inputs)),
    textArrayOf(vouchers.map(({ row }) => row.accounts)),
    textArrayOf(vouchers.map(({ row }) => row.amounts)),
    arrayOf(vouchers.map(({ row }) => row.isRed)),
    Buffer.concat(vouchers.map(({ row }) => row.hash)),
    arrayOf(vouchers.map(({ row }) => row.plan?.revenue ?? null)),
    arrayOf(vouchers.map(({ row }) => row.plan?.vat ?? null)),
    arrayOf(vouchers.map(({ row }) => row.plan?.cost ?? null)),
    textArrayOf(vouchers.map(({ row }) => row.plan?.basis ?? null)),
    arrayOf(vouchers.map(({ row }) => row.plan?.months ?? null)),
    arrayOf(accounts),
    arrayOf(lines.map(({ n }) => n)),
    arrayOf(lines.map(({ row }) => positions.get(row.account)!)),
    arrayOf(lines.map(({ row }) => row.effect)),
    arrayOf(operations.map(({ n }) => n)),
    arrayOf(operationBooks),
    textArrayOf(operations.map(({ row }) => row.kind)),
    arrayOf(operations.map(({ row }) => positions.get(row.account)!)),
    arrayOf(operationHolds),
    arrayOf(operations.map(({ row }) => row.amount)),
    textArrayOf(holds.map(({ reference }) => reference)),
    arrayOf(holds.map(({ account }) => positions.get(account)!)),
    arrayOf(items.map(({ n }) => n)),
    textArrayOf(party.names()),
    arrayOf(sellers),
    arrayOf(buyers),
    textArrayOf(items.map(({ row }) => row.kind)),
    arrayOf(items.map(({ row }) => row.gross)),
    arrayOf(items.map(({ row }) => row.commission)),
    textArrayOf(items.map(({ row }) => row.paidBy)),
    textArrayOf(items.map(({ row }) => row.settleable)),
  ];
}

/** What each event has of one kind, with the event's number from 1. */
function rowsOf<Row>(
  events: readonly PreparedEvent[],
  pick: (event: PreparedEvent) => readonly Row[],
): { n: number; row: Row }[] {
  const rows: { n: number; row: Row }[] = [];
  events.forEach((event, index) => {
    for (const row of pick(event)) rows.push({ n: index + 1, row });
  });
  return rows;
}

/** Numbers names from 1 in the order in which they first come. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size + 1);
    return this.#numbers.size;
  }

  names(): string[] {
    return [...this.#numbers.keys()];
  }
}
