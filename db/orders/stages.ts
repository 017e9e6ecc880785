import type { EntityManager } from '@mikro-orm/postgresql';
import {
  orderLineStates,
  orderStates,
  workOrderStates,
  type OrderLineState,
  type OrderState,
  type WorkOrderState,
} from '../../domain/orders/states.ts';
import { assertMove } from '../../domain/states.ts';
import { emit } from '../stream.ts';

/** Who moves a thing, when, and why; `at` is the process's instant. */
export interface Move {
  at: string;
  actor: string;
  reason?: string;
}

interface Parties {
  id: string;
  buyerId: string;
  sellerId: string;
}

/**
 * Moves an order to a state, with its history row and the event for the screens of both parties. Already there: no
 * change, so that a repeated stage write is harmless. `set` names further columns.
 * @returns whether it moved
 */
export async function moveOrder(
  em: EntityManager,
  number: string,
  to: OrderState,
  move: Move,
  set: Record<string, string | Date | null> = {},
): Promise<boolean> {
  const [row] = await em.execute<(Parties & { state: OrderState })[]>(
    `select id, buyer_id as "buyerId", seller_id as "sellerId", state from customer_order where number = ? for update`,
    [number],
  );
  if (!row) throw new Error(`order ${number} does not exist`);
  if (row.state === to) return false;
  assertMove(`order ${number}`, orderStates, row.state, to);
  await em.execute(`update customer_order set ${assignments(set)} where id = ?`, [
    to,
    ...Object.values(set),
    row.id,
  ]);
  await writeEvent(em, row, null, row.state, to, move, `order/${number}`);
  await emit(em, [row.buyerId, row.sellerId], 'order', { number, state: to });
  return true;
}

/** Moves one line; as `moveOrder`. */
export async function moveLine(
  em: EntityManager,
  orderNumber: string,
  line: number,
  to: OrderLineState,
  move: Move,
  set: Record<string, string | Date | null> = {},
): Promise<boolean> {
  const [row] = await em.execute<(Parties & { lineId: string; state: OrderLineState })[]>(
    `select order_id as id, id as "lineId", buyer_id as "buyerId", seller_id as "sellerId", state
     from order_line where order_number = ? and line = ? for update`,
    [orderNumber, line],
  );
  if (!row) throw new Error(`order line ${orderNumber}/${line} does not exist`);
  if (row.state === to) return false;
  assertMove(`order line ${orderNumber}/${line}`, orderLineStates, row.state, to);
  await em.execute(`update order_line set ${assignments(set)} where id = ?`, [
    to,
    ...Object.values(set),
    row.lineId,
  ]);
  await writeEvent(em, row, line, row.state, to, move, `order/${orderNumber}/${line}`);
  await emit(em, [row.buyerId, row.sellerId], 'order', { number: orderNumber, line, state: to });
  return true;
}

/** Moves a work order; its two parties are the organisation that opened it and the supplier. */
export async function moveWorkOrder(
  em: EntityManager,
  id: string,
  to: WorkOrderState,
  move: Move,
  set: Record<string, string | null> = {},
): Promise<boolean> {
  const [row] = await em.execute<
    { number: string; organisation: string; supplier: string; state: WorkOrderState }[]
  >(
    `select number, organisation_id as organisation, supplier_id as supplier, state from work_order where id = ? for update`,
    [id],
  );
  if (!row) throw new Error(`work order ${id} does not exist`);
  if (row.state === to) return false;
  assertMove(`work order ${row.number}`, workOrderStates, row.state, to);
  await em.execute(`update work_order set ${assignments({ updated_at: move.at, ...set })} where id = ?`, [
    to,
    move.at,
    ...Object.values(set),
    id,
  ]);
  await em.execute(
    `insert into work_order_event (work_order_id, organisation_id, supplier_id, from_state, to_state, actor, reason, at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, row.organisation, row.supplier, row.state, to, move.actor, move.reason ?? null, move.at],
  );
  await emit(em, [row.organisation, row.supplier], 'work-order', { number: row.number, state: to });
  return true;
}

function assignments(set: Record<string, unknown>): string {
  return ['state', ...Object.keys(set)].map((column) => `${column} = ?`).join(', ');
}

async function writeEvent(
  em: EntityManager,
  parties: Parties,
  line: number | null,
  from: string | null,
  to: string,
  { at, actor, reason }: Move,
  workflowId: string,
): Promise<void> {
  await em.execute(
    `insert into order_event (order_id, line, buyer_id, seller_id, from_state, to_state, actor, reason, workflow_id, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [parties.id, line, parties.buyerId, parties.sellerId, from, to, actor, reason ?? null, workflowId, at],
  );
}
