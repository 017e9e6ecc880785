import type { ProductKind } from '../../domain/catalogue/kinds.ts';

/** What a driver needs to reach one supplier's pool; each driver narrows it to its own settings, secrets decrypted by the caller. */
export type PoolSettings = Record<string, unknown>;

/** One resource to open. Everything a retry repeats is the same, so that a driver can be idempotent by `externalName`. */
export interface ProvisionRequest {
  /** Our deterministic name of the order line (`kb-<order number>-<line>`, lower case); never reused. */
  externalName: string;
  kind: ProductKind;
  plan: { sku: string; specification: Record<string, unknown> };
  /** Decimal string in the plan's unit, e.g. bought core-hours. */
  quantity: string;
  customer: { id: string; number: string; name: string };
  members: { userId: string; login: string; name: string; sshKeys: string[]; uid: number }[];
  project: { id: string; name: string };
  /** Business instant of the process, ISO 8601. */
  at: string;
}

/** How the customer reaches the resource: fields of the kind's access schema. The caller encrypts it. */
export type AccessInformation = Record<string, unknown>;

/** `facts` are what operators need to find the resource at the supplier (names, ids); no secrets. */
export type Provisioned =
  | { state: 'active'; access: AccessInformation; facts: Record<string, string> }
  | { state: 'pending'; waitsFor: 'supplier' | 'people' };

/** The one small border between the processes and every supplier. All three calls may be repeated at will. */
export interface Driver<Pool = PoolSettings> {
  open(pool: Pool, request: ProvisionRequest): Promise<Provisioned>;
  lookUp(
    pool: Pool,
    externalName: string,
  ): Promise<Provisioned | { state: 'absent' } | { state: 'failed'; reason: string }>;
  close(pool: Pool, externalName: string): Promise<void>;
}

/**
 * A driver's typed failure. `retry` tells the process what is true of the supplier:
 * `safe` nothing happened, the same call may be repeated; `look-up` it may have happened, look up before anything else;
 * `never` a definite refusal, compensate.
 */
export class DriverError extends Error {
  readonly code: string;
  readonly retry: 'safe' | 'look-up' | 'never';

  constructor(code: string, retry: 'safe' | 'look-up' | 'never', message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'DriverError';
    this.code = code;
    this.retry = retry;
  }
}
