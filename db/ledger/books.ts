import type { Address } from '../../domain/ledger/draft.ts';
import { compileTemplate, type CompiledTemplate, type EntryTemplate } from '../../domain/ledger/template.ts';
import { textArrayOf } from './array-text.ts';

/** Runs one statement; rows as objects. */
export type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

export interface Place {
  readonly id: number;
  readonly isGuarded: boolean;
}

interface Book {
  readonly revision: string;
  readonly isRed: boolean;
  readonly templates: ReadonlyMap<string, CompiledTemplate>;
  readonly places: Map<string, Place>;
}

const noParty = '00000000-0000-0000-0000-000000000000';

/**
 * What a posting process remembers of books: revision, templates, ids of posting addresses. The posting function
 * compares the revision, so an old copy costs one more round and never a wrong entry.
 */
export class Books {
  readonly #query: Query;
  readonly #books = new Map<string, Book>();
  /** Equal templates of many books are compiled once. */
  readonly #compiled = new Map<string, CompiledTemplate>();

  constructor(query: Query) {
    this.#query = query;
  }

  /** The book, or undefined until it is loaded. */
  find(organisation: string): Book | undefined {
    return this.#books.get(organisation);
  }

  /** The id of an address, or undefined until it is loaded. */
  place(organisation: string, account: string, party: string): Place | undefined {
    return this.#books.get(organisation)?.places.get(account + party);
  }

  forget(organisations: Iterable<string>): void {
    for (const organisation of organisations) this.#books.delete(organisation);
  }

  /**
   * Loads books that are not known yet.
   * @throws RangeError naming an organisation that keeps no book
   */
  async loadBooks(organisations: readonly string[]): Promise<void> {
    const unknown = [...new Set(organisations)].filter((organisation) => !this.#books.has(organisation));
    if (unknown.length === 0) return;
    type Row = {
      organisation_id: string;
      revision: string;
      reversal_style: string;
      templates: EntryTemplate[];
    };
    const rows = await this.#query<Row>('select * from ledger.read_books($1)', [textArrayOf(unknown)]);
    for (const row of rows) {
      this.#books.set(row.organisation_id, {
        revision: row.revision,
        isRed: row.reversal_style === 'red',
        templates: new Map(row.templates.map((template) => [template.code, this.#compile(template)])),
        places: new Map(),
      });
    }
    const missing = unknown.find((organisation) => !this.#books.has(organisation));
    if (missing) throw new RangeError(`organisation ${missing} keeps no book`);
  }

  /**
   * Finds or makes posting addresses in loaded books.
   * @throws RangeError naming an account that the chart does not have
   */
  async loadPlaces(addresses: readonly Address[]): Promise<void> {
    if (addresses.length === 0) return;
    const rows = await this.#query<{ place: string; id: string; guarded: boolean }>(
      'select * from ledger.addresses($1, $2, $3)',
      [
        textArrayOf(addresses.map(({ organisation }) => organisation)),
        textArrayOf(addresses.map(({ account }) => account)),
        textArrayOf(addresses.map(({ party }) => party || noParty)),
      ],
    );
    for (const row of rows) {
      const { organisation, account, party } = addresses[Number(row.place) - 1]!;
      this.#books
        .get(organisation)
        ?.places.set(account + party, { id: Number(row.id), isGuarded: row.guarded });
    }
    const missing = addresses.find(
      ({ organisation, account, party }) => !this.place(organisation, account, party),
    );
    if (missing) throw new RangeError(`book ${missing.organisation} has no account ${missing.account}`);
  }

  #compile(template: EntryTemplate): CompiledTemplate {
    const text = JSON.stringify(template);
    let compiled = this.#compiled.get(text);
    if (!compiled) {
      compiled = compileTemplate(template, null);
      this.#compiled.set(text, compiled);
    }
    return compiled;
  }
}
