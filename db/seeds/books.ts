import type { Database } from '../database.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { civilDate } from '../../domain/time.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';

/** A welcome gift of the demo's sellers, in 分: shows that gift is used before cash. */
const welcomeGift = 2_000n;

/**
 * Opens the books of platform and distributors, sets the credit lines of their agreements, gives each demo customer
 * a small gift. Says the same each time it runs, so that a start that was cut short is completed by the next.
 */
export async function seedBooks(database: Database, ledger: Ledger): Promise<void> {
  const { keepers, edges, customers } = await database.asSystem('seed', async (em) => ({
    keepers: await em.execute<{ id: string; created_at: string }[]>(
      `select id, created_at from organisation where kind in ('platform', 'distributor')`,
    ),
    edges: await em.execute<{ seller: string; buyer: string; mode: SaleMode; limit: string | null }[]>(
      `select distinct e.seller_id as seller, e.buyer_id as buyer, t.mode, e.credit_limit as limit
       from edge e join edge_term t on t.edge_id = e.id where e.kind = 'distribution'`,
    ),
    customers: await em.execute<{ id: string; seller: string; created_at: string }[]>(
      `select id, parent_id as seller, created_at from organisation where kind = 'customer'`,
    ),
  }));
  for (const { id, created_at } of keepers) {
    await ledger.openBook(id, { firstPeriod: `${civilDate(new Date(created_at)).slice(0, 7)}-01` });
  }
  for (const { seller, buyer, mode, limit } of edges) {
    await ledger.setCreditLimit({ seller, buyer, mode, limit: limit === null ? null : BigInt(limit) });
  }
  for (const { id, seller, created_at } of customers) {
    await ledger.giveGift({
      key: `demo-gift:${id}`,
      seller,
      customer: id,
      amount: welcomeGift,
      reason: 'welcome',
      at: new Date(created_at),
    });
  }
}
