import type { EntityManager } from '@mikro-orm/postgresql';
import type { WorkOrderState } from '../../domain/orders/states.ts';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface WorkOrderListRow extends PositionedRow {
  id: string;
  number: string;
  kind: 'open' | 'change' | 'close';
  orderNumber: string;
  line: number;
  productKind: string;
  title: { zh: string; en: string };
  driver: string;
  pool: string;
  externalName: string;
  state: WorkOrderState;
  request: Record<string, unknown>;
  assignedTo: string | null;
  assignedName: string | null;
  failureCode: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The side on which an organisation stands of a work order: who opened it, or the supplier that fulfils it. */
export interface WorkOrderParty {
  as: 'organisation' | 'supplier';
  id: string;
}

const columns = `w.id, w.number, w.kind, w.order_number as "orderNumber", w.line, w.product_kind as "productKind", w.title,
  w.driver, coalesce(o.name, '') as pool, w.external_name as "externalName", w.state, w.request,
  w.assigned_to as "assignedTo", u.name as "assignedName", w.failure_code as "failureCode", w.created_at as "createdAt",
  w.updated_at as "updatedAt", ${microsOf('w.created_at')}`;
const from = `from work_order w left join pool o on o.id = w.pool_id left join user_account u on u.id = w.assigned_to`;
const column = (party: WorkOrderParty): string =>
  party.as === 'supplier' ? 'w.supplier_id' : 'w.organisation_id';

/** Work orders of one side, latest first, one more than `limit`. */
export function listWorkOrders(
  em: EntityManager,
  party: WorkOrderParty,
  wanted: {
    position: Position | null;
    limit: number;
    state?: WorkOrderState | undefined;
    driver?: string | undefined;
  },
): Promise<WorkOrderListRow[]> {
  const next = after(wanted.position, 'w.created_at', 'w.id');
  const filters: [string, unknown][] = [];
  if (wanted.state) filters.push(['and w.state = ?', wanted.state]);
  if (wanted.driver) filters.push(['and w.driver = ?', wanted.driver]);
  return em.execute<WorkOrderListRow[]>(
    `select ${columns} ${from} where ${column(party)} = ? ${filters.map(([sql]) => sql).join(' ')} and ${next.sql}
     order by w.created_at desc, w.id desc limit ?`,
    [party.id, ...filters.map(([, value]) => value), ...next.values, wanted.limit + 1],
  );
}

/** One work order of a side; null when it has none of that number. */
export async function readWorkOrder(
  em: EntityManager,
  party: WorkOrderParty,
  number: string,
): Promise<WorkOrderListRow | null> {
  const [row] = await em.execute<WorkOrderListRow[]>(
    `select ${columns} ${from} where ${column(party)} = ? and w.number = ?`,
    [party.id, number],
  );
  return row ?? null;
}

/** What happened to a work order, in order. */
export function readWorkOrderEvents(
  em: EntityManager,
  id: string,
): Promise<{ state: string; reason: string | null; at: Date }[]> {
  return em.execute(
    'select to_state as state, reason, at from work_order_event where work_order_id = ? order by at, id',
    [id],
  );
}
