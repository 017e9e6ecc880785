import type { EntityManager } from '@mikro-orm/postgresql';
import { resourceStates, type ResourceState } from '../../domain/resources/states.ts';
import { assertMove } from '../../domain/states.ts';
import type { Move } from '../orders/stages.ts';
import { emit } from '../stream.ts';

/** Moves a resource of an order line, with its history and the event for the customer's screens. */
export async function moveResource(
  em: EntityManager,
  lineId: string,
  to: ResourceState,
  { at, actor, reason }: Move,
  set: Record<string, string | Date | null> = {},
): Promise<boolean> {
  const [row] = await em.execute<
    { id: string; number: string; organisation: string; order: string; state: ResourceState }[]
  >(
    `select id, number, organisation_id as organisation, order_number as "order", state from resource where line_id = ? for update`,
    [lineId],
  );
  if (!row || row.state === to) return false;
  assertMove(`resource ${row.number}`, resourceStates, row.state, to);
  const columns = ['state', ...Object.keys(set)].map((column) => `${column} = ?`).join(', ');
  await em.execute(`update resource set ${columns} where id = ?`, [to, ...Object.values(set), row.id]);
  await em.execute(
    `insert into resource_event (resource_id, organisation_id, from_state, to_state, actor, reason, workflow_id, at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.id, row.organisation, row.state, to, actor, reason ?? null, `order/${row.order}`, at],
  );
  await emit(em, [row.organisation], 'resource', { number: row.number, state: to });
  return true;
}
