import { proxyActivities } from '@temporalio/workflow';
import type { LedgerActivities } from '../activities/ledger.ts';
import { now } from './clock.ts';
import { stages } from './stage.ts';
import { tell } from './steps.ts';

const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumAttempts: 5 } as const;
const { listBooks } = proxyActivities<LedgerActivities>({
  startToCloseTimeout: '10s',
  retry,
  summary: 'List the books',
});
const { numberVouchers } = proxyActivities<LedgerActivities>({
  startToCloseTimeout: '1 minute',
  retry,
  summary: 'Number and seal the vouchers of a book',
});
const { checkBooks } = proxyActivities<LedgerActivities>({
  startToCloseTimeout: '10 minutes',
  retry,
  summary: 'Run the checks, park the books that a broken one is about',
});

const atOnce = 10;

/** One round of care: vouchers get their numbers, the checks run, and who keeps a book that was parked is told. */
export async function ledgerCare(): Promise<{ numbered: number; broken: number }> {
  const stage = stages('Care of the books', {});
  stage({ Stage: 'numbering', stands: 'Vouchers get their numbers.', waits: 'the database' });
  const books = await listBooks();
  let numbered = 0;
  for (let first = 0; first < books.length; first += atOnce) {
    const group = books.slice(first, first + atOnce);
    const counts = await Promise.all(group.map((organisation) => numberVouchers({ organisation })));
    numbered += counts.reduce((sum, count) => sum + count, 0);
  }
  stage({ Stage: 'checking', stands: `${numbered} vouchers were numbered.`, waits: 'the checks' });
  const broken = await checkBooks();
  const at = now();
  for (const { organisation, check, violation } of broken) {
    // One message a check and day, however many rounds find it.
    const key = `ledger-check/${check}/${at.slice(0, 10)}`;
    await tell({ organisationId: organisation, key, kind: 'book-parked', details: { check, violation }, at });
  }
  stage({
    Stage: broken.length > 0 ? 'broken' : 'clean',
    NeedsAttention: broken.length > 0,
    stands: broken.length > 0 ? `${broken.length} findings; their books are parked.` : 'Every check holds.',
  });
  return { numbered, broken: broken.length };
}
