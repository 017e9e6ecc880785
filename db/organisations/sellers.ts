import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * The seller whose storefront somebody without one looks at: by the storefront's code, else by host name, else the
 * platform. Runs in scope `identity`.
 * @throws Error when there is no platform yet
 */
export async function findSeller(
  em: EntityManager,
  by: { code?: string | undefined; host?: string | undefined },
): Promise<string> {
  const rows = await em.execute<{ id: string }[]>(
    `select o.id from organisation o left join storefront s on s.organisation_id = o.id
      where o.state = 'active' and (s.code = ? or s.host = ? or o.kind = 'platform')
      order by (s.code is not distinct from ?) desc, (s.host is not distinct from ?) desc limit 1`,
    [by.code ?? '', by.host ?? '', by.code ?? '', by.host ?? ''],
  );
  if (!rows[0]) throw new Error('there is no platform organisation: run the seed or the set-up first');
  return rows[0].id;
}

/** Whether this host name is registered for the storefront of that seller. Storefronts are public. */
export async function isHostOfSeller(em: EntityManager, sellerId: string, host: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    'select 1 from storefront where organisation_id = ? and host = ?',
    [sellerId, host],
  );
  return rows.length > 0;
}
