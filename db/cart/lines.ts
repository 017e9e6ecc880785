import { LockMode, type EntityManager, type InferEntity } from '@mikro-orm/postgresql';
import { plain } from '../../domain/catalogue/choice.ts';
import type { PlanChoice } from '../../domain/catalogue/choice.ts';
import { CartLineEntity } from './entities.ts';

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

/** The lines of a cart, oldest first. */
export async function readCart(
  em: EntityManager,
  { organisationId, userId }: CartOwner,
): Promise<CartLine[]> {
  const rows = await em.find(
    CartLineEntity,
    { organisationId, userId },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  return rows.map(lineOf);
}

/** One line, locked for a change; null when it is not in this cart. */
export async function lockCartLine(
  em: EntityManager,
  { organisationId, userId }: CartOwner,
  id: string,
): Promise<CartLine | null> {
  const row = await em.findOne(
    CartLineEntity,
    { organisationId, userId, id },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return row && lineOf(row);
}

/** Locks a cart against its owner's other tabs until the transaction ends. */
export async function lockCart(em: EntityManager, { organisationId, userId }: CartOwner): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `cart/${organisationId}/${userId}`,
  ]);
}

/** Adds a line. */
export async function addCartLine(
  em: EntityManager,
  { organisationId, userId }: CartOwner,
  line: Omit<CartLine, 'id'>,
  at: Date,
): Promise<void> {
  em.create(CartLineEntity, { organisationId, userId, ...line, createdAt: at, updatedAt: at });
  await em.flush();
}

/** Changes what a line wants and the price seen. */
export async function changeCartLine(em: EntityManager, line: CartLine, at: Date): Promise<void> {
  const { id, configuration, quantity, months, pieces, priceSeen } = line;
  await em.nativeUpdate(
    CartLineEntity,
    { id },
    { configuration, quantity, months, pieces, priceSeen, updatedAt: at },
  );
}

/** Removes a line; false when it is not in this cart. */
export async function removeCartLine(
  em: EntityManager,
  { organisationId, userId }: CartOwner,
  id: string,
): Promise<boolean> {
  return (await em.nativeDelete(CartLineEntity, { organisationId, userId, id })) > 0;
}

function lineOf(row: InferEntity<typeof CartLineEntity>): CartLine {
  const { id, productId, planId, configuration, quantity, months, pieces, priceSeen } = row;
  return { id, productId, planId, configuration, quantity: plain(quantity), months, pieces, priceSeen };
}
