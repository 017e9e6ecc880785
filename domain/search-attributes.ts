/**
 * What operators may search workflows by, neutral across workflow types. Ten of type Keyword is the most that a
 * Temporal server on a SQL database takes. No personal data and no prices of another party stand here.
 */
export const searchAttributes = {
  /** Business number of the thing, as people see it. */
  KbossNo: 'Keyword',
  /** Organisation on whose behalf the process runs. */
  KbossOrganisation: 'Keyword',
  KbossCustomer: 'Keyword',
  KbossSupplier: 'Keyword',
  /** State of the thing by its table in `domain/`. */
  KbossStage: 'Keyword',
  KbossProduct: 'Keyword',
  /** Who or what has to act next: payment, supplier, people, timer. */
  KbossWaitsFor: 'Keyword',
  KbossDueAt: 'Datetime',
  KbossNeedsAttention: 'Bool',
  /** 分. */
  KbossAmount: 'Int',
} as const;
