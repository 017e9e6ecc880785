import { hash } from 'node:crypto';
import type { Address, EventDraft, ItemDraft, PlanDraft, VoucherDraft } from '../../domain/ledger/draft.ts';
import { expandPart, type Line } from '../../domain/ledger/template.ts';
import type { Books } from './books.ts';

/** A voucher as the posting function takes it; arrays are PostgreSQL literals. */
export interface PreparedVoucher {
  readonly organisation: string;
  readonly templates: string;
  readonly inputs: string;
  readonly accounts: string;
  readonly amounts: string;
  readonly isRed: boolean;
  readonly hash: Buffer;
  readonly plan: Omit<PlanDraft, 'organisation'> | null;
}

/** An event with ids instead of addresses. */
export interface PreparedEvent {
  readonly key: string;
  readonly payloadHash: Buffer;
  readonly type: string;
  readonly source: string;
  readonly date: string;
  readonly at: string;
  readonly channel: string | null;
  readonly reverses: string | null;
  /** Every book it touches or holds money in; their revisions are compared. */
  readonly books: readonly string[];
  readonly vouchers: readonly PreparedVoucher[];
  readonly guarded: readonly { readonly account: number; readonly effect: bigint }[];
  readonly operations: readonly {
    readonly kind: string;
    readonly account: number;
    readonly reference: string;
    readonly amount: bigint | null;
    readonly at: Address;
  }[];
  readonly items: readonly ItemDraft[];
}

/** What must be loaded before an event can be prepared. */
export interface Missing {
  readonly books: string[];
  readonly places: Address[];
}

export const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** The books an event touches or holds money in. */
export function booksOf(draft: EventDraft): string[] {
  return [
    ...draft.vouchers.map(({ organisation }) => organisation),
    ...draft.operations.map(({ at }) => at.organisation),
  ];
}

/**
 * Expands an event with the templates of its books.
 * @param missing filled with what the cache lacks; then the answer is null
 * @throws RangeError when a template refuses its inputs or is unknown to the book
 */
export function prepareEvent(draft: EventDraft, books: Books, missing: Missing): PreparedEvent | null {
  const touched = booksOf(draft);
  const lacking = touched.filter((organisation) => !books.find(organisation));
  if (lacking.length > 0) {
    missing.books.push(...lacking);
    return null;
  }
  const guarded: { account: number; effect: bigint }[] = [];
  const vouchers: PreparedVoucher[] = [];
  let isComplete = true;
  for (const voucher of draft.vouchers) {
    const { templates, inputs, lines } = expandVoucher(voucher, books);
    if (lines.length === 0) continue;
    let ids = '';
    let effects = '';
    for (const { account, party, effect } of lines) {
      const place = books.place(voucher.organisation, account, party);
      if (!place) {
        missing.places.push({ organisation: voucher.organisation, account, party });
        isComplete = false;
        continue;
      }
      if (place.isGuarded) guarded.push({ account: place.id, effect });
      ids += ids ? `,${place.id}` : place.id;
      effects += effects ? `,${effect}` : effect;
    }
    vouchers.push({
      organisation: voucher.organisation,
      templates,
      inputs: `{${inputs}}`,
      accounts: `{${ids}}`,
      amounts: `{${effects}}`,
      isRed: false,
      hash: digest(contentText(draft, voucher.organisation, templates, inputs, ids, effects, false)),
      plan: draft.plans.find(({ organisation }) => organisation === voucher.organisation) ?? null,
    });
  }
  const operations = draft.operations.flatMap(({ kind, at, reference, amount }) => {
    const place = books.place(at.organisation, at.account, at.party);
    if (!place) {
      missing.places.push(at);
      isComplete = false;
      return [];
    }
    return place.isGuarded ? [{ kind, account: place.id, reference, amount, at }] : [];
  });
  if (!isComplete) return null;
  return {
    key: draft.key,
    payloadHash: digest(draft.payload),
    type: draft.type,
    source: draft.source,
    date: draft.date,
    at: draft.at.toISOString(),
    channel: draft.channel ?? null,
    reverses: null,
    books: touched,
    vouchers,
    guarded,
    operations,
    items: draft.items,
  };
}

/** The text a voucher's content hash is made of; `ledger.content_hash` makes the same one from the stored row. */
export function contentText(
  event: { key: string; type: string; source: string },
  organisation: string,
  templates: string,
  inputs: string,
  accounts: string,
  amounts: string,
  isRed: boolean,
): string {
  const { key, type, source } = event;
  return `${key}|${organisation}|${type}|${source}|${templates}|${inputs}|${accounts}|${amounts}|${isRed ? 'red' : ''}`;
}

function expandVoucher(
  { organisation, parts }: VoucherDraft,
  books: Books,
): { templates: string; inputs: string; lines: Line[] } {
  let [templates, inputs] = ['', ''];
  const lines: Line[] = [];
  for (const part of parts) {
    const compiled = books.find(organisation)!.templates.get(part.template);
    if (!compiled) throw new RangeError(`book ${organisation} has no template ${part.template}`);
    templates += templates ? ` ${compiled.name}` : compiled.name;
    for (const line of expandPart(compiled, part)) lines.push(line);
    for (const name of compiled.template.inputs)
      inputs += inputs ? `,${part.inputs[name]}` : part.inputs[name];
  }
  return { templates, inputs, lines };
}
