import type { EntityManager } from '@mikro-orm/postgresql';
import type { ListingState } from '../../domain/catalogue/listing.ts';

export interface ListingEvent {
  readonly from: ListingState | null;
  readonly to: ListingState;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** Moves a product to a state with its history row; the caller holds the product's lock. */
export async function writeListingMove(
  em: EntityManager,
  product: { id: string; organisationId: string; state: ListingState },
  to: ListingState,
  by: { userId: string; reason: string | null; at: Date },
): Promise<void> {
  await em.execute('update product set state = ?, updated_at = ? where id = ?', [to, by.at, product.id]);
  await em.execute(
    `insert into product_event (organisation_id, product_id, from_state, to_state, user_id, reason, at)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [product.organisationId, product.id, product.state, to, by.userId, by.reason, by.at],
  );
}

/** What happened to a listing, latest first. */
export function readListingEvents(em: EntityManager, productId: string): Promise<ListingEvent[]> {
  return em.execute<ListingEvent[]>(
    `select e.from_state as "from", e.to_state as "to", e.user_id as "userId", u.name as "userName", e.reason, e.at
     from product_event e left join user_account u on u.id = e.user_id
     where e.product_id = ? order by e.at desc, e.id desc limit 200`,
    [productId],
  );
}
