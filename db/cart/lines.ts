import type { EntityManager } from '@mikro-orm/postgresql';
import { plain } from '../../domain/catalogue/choice.ts';
import type { PlanChoice } from '../../domain/catalogue/choice.ts';

/** A cart line as kept: what is wanted, and the price its owner last saw for all pieces (分). */
export interface CartLine extends PlanChoice {
  readonly id: string;
  readonly productId: string;
  readonly planId: string;
  readonly priceSeen: bigint;
}

/** A cart belongs to one person in one organisation. */
export interface CartOwner {
  readonly organisationId: string;
  readonly userId: string;
}

interface CartRow {
  id: string;
  product_id: string;
  plan_id: string;
  configuration: Record<string, unknown>;
  quantity: string;
  months: number;
  pieces: number;
  price_seen: string;
}

const columns = 'id, product_id, plan_id, configuration, quantity, months, pieces, price_seen';

/** The lines of a cart, oldest first. */
export async function readCart(em: EntityManager, owner: CartOwner): Promise<CartLine[]> {
  const rows = await em.execute<CartRow[]>(
    `select ${columns} from cart_line where organisation_id = ? and user_id = ? order by created_at, id`,
    [owner.organisationId, owner.userId],
  );
  return rows.map(lineOf);
}

/** One line, locked for a change; null when it is not in this cart. */
export async function lockCartLine(
  em: EntityManager,
  owner: CartOwner,
  id: string,
): Promise<CartLine | null> {
  const rows = await em.execute<CartRow[]>(
    `select ${columns} from cart_line where organisation_id = ? and user_id = ? and id = ? for update`,
    [owner.organisationId, owner.userId, id],
  );
  return rows[0] ? lineOf(rows[0]) : null;
}

/** Locks a cart against its owner's other tabs until the transaction ends. */
export async function lockCart(em: EntityManager, { organisationId, userId }: CartOwner): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `cart/${organisationId}/${userId}`,
  ]);
}

/** Adds a line and answers its id. */
export async function addCartLine(
  em: EntityManager,
  owner: CartOwner,
  line: Omit<CartLine, 'id'>,
  at: Date,
): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>(
    `insert into cart_line (organisation_id, user_id, product_id, plan_id, configuration, quantity, months, pieces,
       price_seen, created_at, updated_at) values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?) returning id`,
    [
      ...[
        owner.organisationId,
        owner.userId,
        line.productId,
        line.planId,
        JSON.stringify(line.configuration),
      ],
      ...[line.quantity, line.months, line.pieces, line.priceSeen.toString(), at, at],
    ],
  );
  return row!.id;
}

/** Changes what a line wants and the price seen. */
export async function changeCartLine(em: EntityManager, line: CartLine, at: Date): Promise<void> {
  await em.execute(
    `update cart_line set configuration = ?::jsonb, quantity = ?, months = ?, pieces = ?, price_seen = ?, updated_at = ?
     where id = ?`,
    [
      ...[JSON.stringify(line.configuration), line.quantity, line.months, line.pieces],
      ...[line.priceSeen.toString(), at, line.id],
    ],
  );
}

/** Removes a line; false when it is not in this cart. */
export async function removeCartLine(em: EntityManager, owner: CartOwner, id: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    'delete from cart_line where organisation_id = ? and user_id = ? and id = ? returning id',
    [owner.organisationId, owner.userId, id],
  );
  return rows.length > 0;
}

function lineOf(row: CartRow): CartLine {
  return {
    id: row.id,
    productId: row.product_id,
    planId: row.plan_id,
    configuration: row.configuration,
    quantity: plain(row.quantity),
    months: row.months,
    pieces: row.pieces,
    priceSeen: BigInt(row.price_seen),
  };
}
