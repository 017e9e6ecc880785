import type { EntityManager } from '@mikro-orm/postgresql';
import type { ResourceState } from '../../domain/resources/states.ts';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface ResourceRow extends PositionedRow {
  id: string;
  number: string;
  name: string;
  title: { zh: string; en: string };
  kind: string;
  specification: Record<string, unknown>;
  quantity: string;
  unit: string;
  state: ResourceState;
  orderNumber: string;
  project: { id: string; name: string };
  accessSealed: string | null;
  activatedAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
}

const columns = `r.id, r.number, r.name, r.title, r.kind, r.specification, trim_scale(r.quantity)::text as quantity,
  r.quantity_unit as unit, r.state, r.order_number as "orderNumber", jsonb_build_object('id', j.id, 'name', j.name) as project,
  r.access_sealed as "accessSealed", r.activated_at as "activatedAt", r.ends_at as "endsAt", r.created_at as "createdAt",
  ${microsOf('r.created_at')}`;
const from = `from resource r join project j on j.organisation_id = r.organisation_id and j.id = r.project_id`;

/** Resources of an organisation, latest first, one more than `limit`. */
export function listResources(
  em: EntityManager,
  organisationId: string,
  wanted: {
    position: Position | null;
    limit: number;
    state?: ResourceState | undefined;
    kind?: string | undefined;
    projectId?: string | undefined;
  },
): Promise<ResourceRow[]> {
  const next = after(wanted.position, 'r.created_at', 'r.id');
  const filters: [string, unknown][] = [];
  if (wanted.state) filters.push(['and r.state = ?', wanted.state]);
  if (wanted.kind) filters.push(['and r.kind = ?', wanted.kind]);
  if (wanted.projectId) filters.push(['and r.project_id = ?', wanted.projectId]);
  return em.execute<ResourceRow[]>(
    `select ${columns} ${from} where r.organisation_id = ? ${filters.map(([sql]) => sql).join(' ')} and ${next.sql}
     order by r.created_at desc, r.id desc limit ?`,
    [organisationId, ...filters.map(([, value]) => value), ...next.values, wanted.limit + 1],
  );
}

/** One resource of an organisation; null when it has none of that number. */
export async function readResource(
  em: EntityManager,
  organisationId: string,
  number: string,
): Promise<ResourceRow | null> {
  const [row] = await em.execute<ResourceRow[]>(
    `select ${columns} ${from} where r.organisation_id = ? and r.number = ?`,
    [organisationId, number],
  );
  return row ?? null;
}

/** Gives a resource another name; false when there is none of that number. */
export async function renameResource(
  em: EntityManager,
  organisationId: string,
  number: string,
  name: string,
): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    'update resource set name = ? where organisation_id = ? and number = ? returning id',
    [name, organisationId, number],
  );
  return rows.length > 0;
}

/** What happened to a resource, in order. */
export function readResourceEvents(
  em: EntityManager,
  resourceId: string,
): Promise<{ state: string; reason: string | null; at: Date }[]> {
  return em.execute(
    'select to_state as state, reason, at from resource_event where resource_id = ? order by at, id',
    [resourceId],
  );
}
