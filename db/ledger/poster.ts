import { setTimeout as delay } from 'node:timers/promises';
import type { EventDraft } from '../../domain/ledger/draft.ts';
import { BusinessError } from '../../domain/errors.ts';
import { Books, type Query } from './books.ts';
import { encodeBatch, postStatement } from './encode.ts';
import { booksOf, prepareEvent, type Missing, type PreparedEvent } from './prepare.ts';

/** What the posting function did with one event. */
export interface Verdict {
  /** `posted` now, `repeated`: before, by the same key; `rejected`: now or before. */
  readonly outcome: 'posted' | 'repeated' | 'rejected';
  readonly eventId: string;
  readonly answer: Answer;
  readonly prepared: PreparedEvent;
}

export interface Answer {
  readonly reason?: 'INSUFFICIENT_BALANCE' | 'HOLD_EXHAUSTED';
  readonly missing?: string;
  readonly account?: string;
  readonly steps?: { kind: 'placed' | 'captured' | 'released'; account: string; amount: string }[] | null;
}

/** An event on its way: a draft of the domain, or one whose accounts are known already (a reversal). */
export interface Submission {
  readonly key: string;
  /** At most one event of a group is in a batch, so that the second sees what the first became. */
  readonly group?: string;
  readonly books: readonly string[];
  prepare(books: Books, missing: Missing): PreparedEvent | null;
}

interface Waiting {
  readonly submission: Submission;
  prepared: PreparedEvent | null;
  resolve(verdict: Verdict): void;
  reject(error: unknown): void;
}

const largestBatch = 200;
/** Deadlock, cancelled statement, server going away: the whole batch is sent again, which its keys make safe. */
const passing = /^(40P01|40001|57014|57P0[123]|08...|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const attempts = 8;

/** The driver gives a lost connection no code, only a sentence. */
function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return passing.test(code);
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/.test(
    String(message),
  );
}

/**
 * One flight at a time: whatever was submitted while the last batch flew is the next batch, so at rest an event waits
 * for nobody and under load the disk is waited for once a batch. The same key and content
 * in flight is the same promise; other content under that key waits for it.
 */
export class Poster {
  readonly books: Books;
  readonly #query: Query;
  readonly #inFlight = new Map<string, { payload: string; promise: Promise<Verdict> }>();
  #queue: Waiting[] = [];
  #isFlying = false;

  constructor(query: Query) {
    this.#query = query;
    this.books = new Books(query);
  }

  /** @throws BusinessError IDEMPOTENCY_KEY_REUSED, ALREADY_POSTED, BOOK_PARKED; RangeError when a template refuses */
  post(draft: EventDraft): Promise<Verdict> {
    return this.submit(draft.payload, {
      key: draft.key,
      ...(draft.type === 'sale' && { group: draft.source }),
      books: booksOf(draft),
      prepare: (books, missing) => prepareEvent(draft, books, missing),
    });
  }

  submit(payload: string, submission: Submission): Promise<Verdict> {
    const same = this.#inFlight.get(submission.key);
    if (same) {
      if (same.payload === payload) return same.promise;
      // Which of the two the key belongs to is known to the database alone: it may be this one, posted long ago.
      const again = (): Promise<Verdict> => this.submit(payload, submission);
      return same.promise.then(again, again);
    }
    const promise = new Promise<Verdict>((resolve, reject) => {
      const prepared = submission.prepare(this.books, { books: [], places: [] });
      this.#queue.push({ submission, prepared, resolve, reject });
    });
    this.#inFlight.set(submission.key, { payload, promise });
    const forget = (): boolean => this.#inFlight.delete(submission.key);
    promise.then(forget, forget);
    if (!this.#isFlying) {
      this.#isFlying = true;
      setImmediate(() => void this.#fly());
    }
    return promise;
  }

  async #fly(): Promise<void> {
    while (this.#queue.length > 0) await this.#send(this.#nextBatch());
    this.#isFlying = false;
  }

  #nextBatch(): Waiting[] {
    const groups = new Set<string>();
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#queue) {
      const { group } = waiting.submission;
      if (batch.length >= largestBatch || (group !== undefined && groups.has(group))) {
        later.push(waiting);
        continue;
      }
      if (group !== undefined) groups.add(group);
      batch.push(waiting);
    }
    this.#queue = later;
    return batch;
  }

  /** Sends a batch; one that fails for good is halved until the event at fault stands alone. */
  async #send(batch: Waiting[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(batch);
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        if (code === 'KL001' || code === 'KL002') {
          this.books.forget(batch.flatMap(({ submission }) => submission.books));
          for (const waiting of batch) waiting.prepared = null;
        } else if (isPassing(error)) {
          await delay(20 * 2 ** attempt * Math.random());
        } else if (batch.length > 1) {
          await this.#send(batch.slice(0, batch.length / 2));
          return this.#send(batch.slice(batch.length / 2));
        } else {
          return batch[0]!.reject(error);
        }
        if (attempt === attempts) return batch.forEach((waiting) => waiting.reject(error));
      }
    }
  }

  async #sendOnce(batch: Waiting[]): Promise<void> {
    await this.#prepareAll(batch);
    const events = batch.map(({ prepared }) => prepared!);
    type Row = {
      outcomes: string;
      event_ids: string[];
      answers: Record<string, Answer & { key?: string }> | null;
    };
    const [row] = await this.#query<Row>(postStatement, encodeBatch(events, this.books));
    batch.forEach((waiting, index) => {
      const answer = row!.answers?.[index + 1] ?? {};
      const key = waiting.submission.key;
      const refuse = (error: BusinessError): void => waiting.reject(error);
      const verdict = (outcome: Verdict['outcome']): void =>
        waiting.resolve({ outcome, eventId: row!.event_ids[index]!, answer, prepared: events[index]! });
      switch (row!.outcomes[index]) {
        case 'p':
          return verdict('posted');
        case 'd':
          return verdict('repeated');
        case 'r':
          return verdict('rejected');
        case 'c':
          return refuse(new BusinessError('IDEMPOTENCY_KEY_REUSED', { key }));
        case 'a':
          return refuse(new BusinessError('ALREADY_POSTED', { key: answer.key ?? '' }));
        default:
          return refuse(new BusinessError('BOOK_PARKED'));
      }
    });
  }

  async #prepareAll(batch: Waiting[]): Promise<void> {
    const lacking = batch.filter(({ prepared }) => !prepared);
    if (lacking.length === 0) return;
    await this.books.loadBooks(lacking.flatMap(({ submission }) => submission.books));
    const missing: Missing = { books: [], places: [] };
    for (const waiting of lacking) waiting.prepared = waiting.submission.prepare(this.books, missing);
    if (missing.places.length === 0) return;
    await this.books.loadPlaces(missing.places);
    for (const waiting of lacking) waiting.prepared ??= waiting.submission.prepare(this.books, missing);
  }
}
