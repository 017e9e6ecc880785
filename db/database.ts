import { AsyncLocalStorage } from 'node:async_hooks';
import {
  MikroORM,
  type EntityManager,
  type EventSubscriber,
  type TransactionEventArgs,
} from '@mikro-orm/postgresql';
import type pg from 'pg';
import type { Actor, ApiScope, SystemReason } from './actor.ts';
import { entities } from './entities.ts';
import type { FilterActor } from './entity-filter.ts';

const currentActor = new AsyncLocalStorage<Actor>();

/** Tells PostgreSQL for whom each transaction runs; the only place in the product that does. */
class ActorSubscriber implements EventSubscriber {
  async afterTransactionStart({ em, transaction }: TransactionEventArgs): Promise<void> {
    if (transaction?.savepointName) return;
    const actor = currentActor.getStore() ?? {};
    await em
      .getConnection()
      .execute(
        `select set_config('app.organisation', ?, true), set_config('app.user', ?, true), set_config('app.scope', ?, true)`,
        [actor.organisationId ?? '', actor.userId ?? '', actor.scope ?? ''],
        'run',
        transaction,
      );
  }
}

/**
 * Gives the place of a connection back to the pool when the server has ended it. A transaction whose begin, commit or
 * rollback fails never releases its connection (MikroORM 7.2, kysely 0.29), so that a restart of PostgreSQL would leave
 * the pool full of dead ones and the process waiting for ever.
 */
function dropDeadConnections(pool: pg.Pool): void {
  const held = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (held.has(client)) client.release(true);
    });
  });
}

/** Entities are filtered by the same actor, before PostgreSQL looks at the rows. */
function filteredFor(actor: Actor, em: EntityManager): EntityManager {
  em.setFilterParams('organisation', {
    organisationId: actor.organisationId ?? null,
    all: actor.scope !== undefined,
  } satisfies FilterActor);
  return em;
}

export interface TransactionOptions {
  readOnly?: boolean;
}

/** A database opened as one role. Every use is one transaction that says for whom it runs. */
export interface Database {
  /** Runs as an organisation (and, where people act, as one of its users). */
  inOrganisation<T>(
    actor: { organisationId: string; userId?: string },
    work: (em: EntityManager) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Runs as nobody: public rows only. */
  inPublic<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Runs in a scope of the api role (`apiScopes` gives the reasons). */
  inScope<T>(scope: ApiScope, work: (em: EntityManager) => Promise<T>, userId?: string): Promise<T>;
  /** Runs over all organisations; the worker role only (`systemReasons`). */
  asSystem<T>(
    reason: SystemReason,
    work: (em: EntityManager) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** True when the server answers. */
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a pool for the role in the address.
 * @param pool most connections at once
 */
export async function openDatabase(url: string, pool = 10): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities,
    subscribers: [new ActorSubscriber()],
    pool: { min: 0, max: pool },
    driverOptions: { onPoolCreated: dropDeadConnections },
    ignoreUndefinedInQuery: true,
    logger: () => {},
    discovery: { warnWhenNoEntities: false },
  });
  const run = <T>(
    actor: Actor,
    work: (em: EntityManager) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> =>
    currentActor.run(actor, () =>
      filteredFor(actor, orm.em.fork()).transactional((em) => work(em as EntityManager), {
        readOnly: options.readOnly ?? false,
      }),
    );
  return {
    inOrganisation: (actor, work, options) => run(actor, work, options),
    inPublic: (work) => run({}, work, { readOnly: true }),
    inScope: (scope, work, userId) => run(userId === undefined ? { scope } : { scope, userId }, work),
    asSystem: (_reason, work, options) => run({ scope: 'system' }, work, options),
    // Not `isConnected`: that says no until something else has asked for a connection.
    isReachable: () =>
      orm.em
        .getConnection()
        .execute('select 1')
        .then(
          () => true,
          () => false,
        ),
    close: () => orm.close(true),
  };
}
