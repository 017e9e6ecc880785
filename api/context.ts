import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language } from '../domain/errors.ts';
import type { OrganisationKind, Permission } from '../domain/identity/permissions.ts';
import type { TransactionOptions } from '../db/database.ts';
import type { Services } from './services.ts';

/** A signed-in person acting in one of their organisations. */
export interface Session {
  id: string;
  userId: string;
  organisationId: string;
  organisationKind: OrganisationKind;
  /** The organisation that sells to this one (a customer's seller, a distributor's parent); null for the platform. */
  parentId: string | null;
  roles: readonly string[];
  permissions: ReadonlySet<Permission>;
  /** Its last instant, whatever happens. */
  expiresAt: Date;
}

/** One attempt of a POST with an Idempotency-Key; a repeat of the same key gives the same instant and bytes. */
export interface Attempt {
  key: string;
  at: Date;
  /** 32 bytes derived from organisation and key: numbers made of them are the same for each repeat. */
  random: Uint8Array;
}

/** What every handler is given. */
export interface Context {
  services: Services;
  requestId: string;
  language: Language;
  /** The caller's address as far as trusted proxies tell. */
  address: string;
  /** The host name the caller came by, without port, as far as trusted proxies tell. */
  host: string;
  agent: string;
  /** The instant of the request, the `at` of what it causes. */
  now: Date;
  session: Session | null;
  /** The seller whose storefront is looked at: the customer's seller, else by cookie or host, else the platform. */
  sellerId: string;
}

/** A context whose route declared a permission (or `signed-in`). */
export interface SignedInContext extends Context {
  session: Session;
  /** Runs one transaction as the acting organisation and user. */
  run<T>(work: (em: EntityManager) => Promise<T>, options?: TransactionOptions): Promise<T>;
}
