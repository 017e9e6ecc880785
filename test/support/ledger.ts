import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { checkLedger } from '../../db/ledger/checks.ts';
import { openLedger, type Ledger } from '../../db/ledger/ledger.ts';
import type { Sale } from '../../domain/ledger/sale.ts';
import { priceChain } from '../../domain/pricing/chain.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';
import { aDatabase, type TestDatabase } from './database.ts';

export const instant = new Date('2026-11-24T09:00:00Z');

/** A chain of books in a ledger of its own: supplier, platform, distributors, customers of the last one. */
export interface LedgerWorld {
  database: TestDatabase;
  ledger: Ledger;
  supplier: string;
  /** Platform first; the last one sells to the customers. */
  sellers: readonly string[];
  seller: string;
  /** The modes of the edges between the sellers, from the platform down. */
  modes: readonly SaleMode[];
  /** Superuser, past every fence. */
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A sale of a line of an order at 950.00 or at a price given. */
  sale(customer: string, orderNo: string, line: number, price?: bigint): Sale;
  broken(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * @param modes edges between the sellers; [] is depth 0
 * @param database one that exists already, for a second world in it
 */
export async function aLedgerWorld(
  modes: readonly SaleMode[],
  database?: TestDatabase,
): Promise<LedgerWorld> {
  const own = database ?? (await aDatabase());
  const ledger = openLedger(own.workerUrl);
  const admin = new pg.Pool({ connectionString: own.adminUrl, max: 2 });
  admin.on('error', () => {});
  const query = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query(text, values)).rows as Row[];
  const supplier = randomUUID();
  const sellers = Array.from({ length: modes.length + 1 }, () => randomUUID());
  for (const seller of sellers) await ledger.openBook(seller, { firstPeriod: '2026-11-01' });
  return {
    database: own,
    ledger,
    supplier,
    sellers,
    seller: sellers.at(-1)!,
    modes,
    query,
    sale: (customer, orderNo, line, price) =>
      saleOf({ supplier, sellers, modes }, customer, orderNo, line, price),
    broken: async () => {
      const results = await checkLedger((text, values) => query(text, values));
      return results.flatMap(({ id, violations }) => violations.map((violation) => `${id}: ${violation}`));
    },
    close: async () => {
      await ledger.close();
      await admin.end();
      if (!database) await own.drop();
    },
  };
}

/** A sale of one line through a chain, at 950.00 or at a price given. */
export function saleOf(
  chain: { supplier: string; sellers: readonly string[]; modes: readonly SaleMode[] },
  customer: string,
  orderNo: string,
  line: number,
  price = 95_000n,
): Sale {
  return {
    key: `order/${orderNo}/${line}:sell:1`,
    orderNo,
    lineNo: `${orderNo}/${line}`,
    at: instant,
    customer,
    legs: legsOf(chain.supplier, chain.sellers, chain.modes, customer, price),
    reductions: [],
    terms: [],
    recognition: { basis: 'straight-line', months: 12 },
    supplierMode: 'prepaid',
  };
}

function legsOf(
  supplier: string,
  sellers: readonly string[],
  modes: readonly SaleMode[],
  customer: string,
  price: bigint,
): Sale['legs'] {
  const taxpayer = { kind: 'general', rate: '0.06' } as const;
  const fixed = (percent: number) =>
    ({ kind: 'fixed', unitPrice: String((price * BigInt(percent)) / 100n) }) as const;
  const ids = [supplier, ...sellers];
  return priceChain({
    product: { id: 'product', kind: 'cloud-host' },
    parties: ids.map((id) => ({ id, taxpayer })),
    edges: ids.slice(1).map((buyer, index) => {
      const mode = index === 0 ? 'discount' : modes[index - 1]!;
      const priced =
        mode === 'discount'
          ? { price: fixed(50 + 7 * index), commissionRate: null }
          : { price: null, commissionRate: `0.${30 - 4 * index}` };
      return { seller: ids[index]!, buyer, mode, scope: { all: true } as const, floor: null, ...priced };
    }),
    customer,
    retail: { price: fixed(100), floor: null },
    measure: { listUnitPrice: String(price), quantity: '1', months: 0 },
  }).legs;
}
