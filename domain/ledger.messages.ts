/** Names of the care of the books: numbering vouchers and running the checks, again and again. */
export const ledgerCareWorkflow = 'ledgerCare';
export const ledgerCareSchedule = 'ledger-care';

/** A book that a broken check has parked, with the first of what was found. */
export interface BrokenBook {
  organisation: string;
  check: string;
  violation: string;
}
