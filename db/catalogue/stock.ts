import type { EntityManager } from '@mikro-orm/postgresql';

/** What is taken of a plan, under a key that names it for ever (`order/NO:line:1`). Quantity is a decimal. */
export interface StockRequest {
  readonly key: string;
  readonly planId: string;
  readonly quantity: string;
}

/**
 * Reserves stock by one guarded UPDATE each, so that it can never go below zero whoever races; repeats of a key change
 * nothing. Requests are taken in the order of their plans and keys, so that two callers cannot lock each other out.
 * All or nothing with the caller's transaction: roll it back when a request is refused. Worker only.
 * @returns the first request that is out of stock, or null when all are reserved
 */
export async function reserveStock(
  em: EntityManager,
  requests: readonly StockRequest[],
  at: Date,
): Promise<StockRequest | null> {
  const inLockOrder = requests.toSorted((a, b) => compare(a.planId, b.planId) || compare(a.key, b.key));
  for (const request of inLockOrder) {
    const { key, planId, quantity } = request;
    const isNew = await em.execute<unknown[]>(
      `insert into stock_reservation (key, plan_id, quantity, state, at) values (?, ?, ?, 'held', ?)
       on conflict (key) do nothing returning key`,
      [key, planId, quantity, at],
    );
    if (isNew.length === 0) continue;
    const taken = await em.execute<unknown[]>(
      `update stock set available = available - ?::numeric, reserved = reserved + ?::numeric
       where plan_id = ? and (available is null or available >= ?::numeric) returning plan_id`,
      [quantity, quantity, planId, quantity],
    );
    if (taken.length === 0) return request;
  }
  return null;
}

/** Makes a reservation final: the stock is sold. Repeats change nothing. Worker only. */
export async function takeStock(em: EntityManager, key: string, at: Date): Promise<void> {
  await em.execute(
    `with ended as (
       update stock_reservation set state = 'taken', at = ? where key = ? and state = 'held' returning plan_id, quantity
     )
     update stock s set reserved = s.reserved - ended.quantity from ended where s.plan_id = ended.plan_id`,
    [at, key],
  );
}

/** Gives a reservation, or a sold quantity after a failed provisioning, back. Repeats change nothing. Worker only. */
export async function releaseStock(em: EntityManager, key: string, at: Date): Promise<void> {
  await em.execute(
    `with ended as (
       update stock_reservation r set state = 'released', at = ? from (
         select key, state as was from stock_reservation where key = ? and state <> 'released' for update
       ) before where r.key = before.key returning r.plan_id, r.quantity, before.was
     )
     update stock s set available = s.available + ended.quantity,
       reserved = s.reserved - case when ended.was = 'held' then ended.quantity else 0 end
     from ended where s.plan_id = ended.plan_id`,
    [at, key],
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
