import type { BrokenBook } from '../domain/ledger.messages.ts';
import type { Dependencies } from './dependencies.ts';
import { typed } from './failures.ts';

/** Care of the books; each may be repeated. */
export interface LedgerActivities {
  listBooks(): Promise<string[]>;
  /** Numbers and seals what was posted; answers how many vouchers. */
  numberVouchers(book: { organisation: string }): Promise<number>;
  /** Runs the checks and parks every book that a broken one is about. */
  checkBooks(): Promise<BrokenBook[]>;
}

export function createLedgerActivities({ ledger }: Dependencies): LedgerActivities {
  return typed<LedgerActivities>({
    listBooks: () => ledger.listBooks(),
    numberVouchers: ({ organisation }: { organisation: string }) => ledger.numberVouchers(organisation),
    async checkBooks(): Promise<BrokenBook[]> {
      const found = await ledger.findBroken();
      for (const { organisation, check, violation } of found)
        await ledger.park(organisation, `${check}: ${violation}`);
      return found.map(({ organisation, check, violation }) => ({ organisation, check, violation }));
    },
  });
}
