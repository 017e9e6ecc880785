import type { EntityManager } from '@mikro-orm/postgresql';
import type { WorkOrderState } from '../../domain/orders/states.ts';
import { emit } from '../stream.ts';
import type { SoldLine } from './frozen-line.ts';

/** Numbers and instant of what a sold line brings into being. */
interface Opening {
  at: string;
  workOrderNumber: string;
  resourceNumber: string;
}

/**
 * Opens the work order of a sold line for its supplier (no price, no customer name stands in it) and the resource that
 * the customer will have, both in the transaction that dispatches the line.
 */
export async function openWorkOrder(em: EntityManager, sold: SoldLine, opening: Opening): Promise<void> {
  const [work] = await em.execute<{ id: string; organisation: string; supplier: string }[]>(
    `insert into work_order (number, kind, line_id, order_number, line, organisation_id, supplier_id, pool_id, driver,
       external_name, product_kind, title, request, state, created_at, updated_at)
     select ?, 'open', l.id, l.order_number, l.line, w.organisation_id, s.supplier_id, w.id, w.driver, l.external_name,
       l.kind, l.title, jsonb_build_object('sku', p.code, 'specification', l.specification, 'configuration',
         l.configuration, 'quantity', trim_scale(l.quantity)::text, 'unit', l.quantity_unit, 'months', l.months),
       'open', ?, ?
     from order_line l join plan p on p.id = l.plan_id join product_supply s on s.product_id = l.product_id
       join pool w on w.id = s.pool_id where l.id = ?
     returning id, organisation_id as organisation, supplier_id as supplier`,
    [opening.workOrderNumber, opening.at, opening.at, sold.id],
  );
  await em.execute(
    `insert into work_order_event (work_order_id, organisation_id, supplier_id, to_state, actor, at)
     values (?, ?, ?, 'open', 'process', ?)`,
    [work!.id, work!.organisation, work!.supplier, opening.at],
  );
  await emit(em, [work!.organisation, work!.supplier], 'work-order', {
    number: opening.workOrderNumber,
    state: 'open',
  });
  const [resource] = await em.execute<{ id: string }[]>(
    `insert into resource (number, organisation_id, seller_id, project_id, line_id, order_number, kind, title,
       specification, quantity, quantity_unit, name, external_name, state, created_at)
     select ?, l.buyer_id, l.seller_id, l.project_id, l.id, l.order_number, l.kind, l.title, l.specification,
       l.quantity, l.quantity_unit, left(l.title ->> 'zh', 60), l.external_name, 'creating', ?
     from order_line l where l.id = ? returning id`,
    [opening.resourceNumber, opening.at, sold.id],
  );
  await em.execute(
    `insert into resource_event (resource_id, organisation_id, to_state, actor, workflow_id, at)
     values (?, ?, 'creating', 'process', ?, ?)`,
    [resource!.id, sold.buyerId, `order/${sold.orderNumber}/${sold.line}`, opening.at],
  );
  await em.execute('update order_line set resource_id = ? where id = ?', [resource!.id, sold.id]);
}

/** A work order as its process handles it. */
export interface WorkOrderRow {
  id: string;
  number: string;
  driver: string;
  state: WorkOrderState;
  assignedTo: string | null;
  organisationId: string;
  supplierId: string;
  lineId: string;
  resourceId: string;
}

/** The work order that opens a line, locked for the caller's transaction; null before the line was sold. */
export async function lockWorkOrder(
  em: EntityManager,
  orderNumber: string,
  line: number,
): Promise<WorkOrderRow | null> {
  const [row] = await em.execute<WorkOrderRow[]>(
    `select w.id, w.number, w.driver, w.state, w.assigned_to as "assignedTo", w.organisation_id as "organisationId",
       w.supplier_id as "supplierId", w.line_id as "lineId", r.id as "resourceId"
     from work_order w join resource r on r.line_id = w.line_id
     where w.order_number = ? and w.line = ? and w.kind = 'open' for update of w`,
    [orderNumber, line],
  );
  return row ?? null;
}
