import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../../db/database.ts';

export interface Watched {
  sql: string;
  values: unknown[];
  organisationId: string;
}

/** A database that remembers each raw query that an organisation asked. */
export function watchedDatabase(database: Database): { database: Database; queries: Watched[] } {
  const queries: Watched[] = [];
  const watch = (em: EntityManager, organisationId: string): EntityManager =>
    new Proxy(em, {
      get(target, property) {
        const value = Reflect.get(target, property) as unknown;
        if (property === 'execute') {
          return (sql: string, values: unknown[] = []) => {
            queries.push({ sql, values: [...values], organisationId });
            return target.execute(sql, values);
          };
        }
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  return {
    queries,
    database: {
      ...database,
      inOrganisation: (actor, work, options) =>
        database.inOrganisation(actor, (em) => work(watch(em, actor.organisationId)), options),
    },
  };
}
