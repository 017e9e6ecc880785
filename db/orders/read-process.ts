import type { EntityManager } from '@mikro-orm/postgresql';
import type { SubmittedOrder } from '../../domain/orders.messages.ts';
import type { OrderLineState } from '../../domain/orders/states.ts';

/** What paying and releasing need of an order. */
export async function readUnpaid(
  em: EntityManager,
  number: string,
): Promise<{ buyerId: string; sellerId: string; total: bigint; lines: number[] }> {
  const [row] = await em.execute<{ buyerId: string; sellerId: string; total: string; lines: number[] }[]>(
    `select o.buyer_id as "buyerId", o.seller_id as "sellerId", o.total::text,
       (select jsonb_agg(line order by line) from order_line where order_id = o.id) as lines
     from customer_order o where o.number = ?`,
    [number],
  );
  if (!row) throw new Error(`order ${number} does not exist`);
  return { ...row, total: BigInt(row.total) };
}

/** The states of all lines of an order. */
export async function readLineStates(em: EntityManager, number: string): Promise<OrderLineState[]> {
  const rows = await em.execute<{ state: OrderLineState }[]>(
    'select state from order_line where order_number = ?',
    [number],
  );
  return rows.map(({ state }) => state);
}

/** An order that was written already, as its submission answered; null before. */
export async function readSubmitted(em: EntityManager, number: string): Promise<SubmittedOrder | null> {
  const rows = await em.execute<
    {
      total: string;
      expiresAt: string;
      line: number;
      price: string;
      product: string;
      supplierId: string;
      driver: string;
    }[]
  >(
    `select o.total::text, to_char(o.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt",
       l.line, l.price::text, p.code as product, s.supplier_id as "supplierId", w.driver
     from customer_order o join order_line l on l.order_id = o.id join product p on p.id = l.product_id
       join product_supply s on s.product_id = p.id join pool w on w.id = s.pool_id
     where o.number = ? order by l.line`,
    [number],
  );
  const [first] = rows;
  if (!first) return null;
  return {
    total: first.total,
    expiresAt: first.expiresAt,
    lines: rows.map(({ line, price, product, supplierId, driver }) => ({
      line,
      price,
      product,
      supplierId,
      driver,
    })),
  };
}

/** When an unpaid order expires; null when it is unknown or no longer waits for payment. */
export async function readExpiry(em: EntityManager, number: string): Promise<Date | null> {
  const [row] = await em.execute<{ expires_at: Date }[]>(
    `select expires_at from customer_order where number = ? and state = 'awaiting-payment'`,
    [number],
  );
  return row ? new Date(row.expires_at) : null;
}

/** The line that bears our name at a supplier; null for a name that is not ours. */
export async function lineOfExternalName(
  em: EntityManager,
  externalName: string,
): Promise<{ orderNumber: string; line: number } | null> {
  const [row] = await em.execute<{ orderNumber: string; line: number }[]>(
    'select order_number as "orderNumber", line from order_line where external_name = ?',
    [externalName],
  );
  return row ?? null;
}

/** Those of the organisations whose books take no entries at the moment. */
export async function readParkedBooks(
  em: EntityManager,
  organisations: readonly string[],
): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    'select parked_books as id from ledger.parked_books(?::uuid[])',
    [`{${organisations.join(',')}}`],
  );
  return rows.map(({ id }) => id);
}
