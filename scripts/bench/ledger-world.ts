import { randomUUID } from 'node:crypto';
import type { Ledger } from '../../db/ledger/ledger.ts';
import type { Sale } from '../../domain/ledger/sale.ts';
import { priceChain } from '../../domain/pricing/chain.ts';
import type { PriceTerm } from '../../domain/pricing/amount.ts';
import type { Edge, Party } from '../../domain/pricing/edge.ts';
import type { Leg } from '../../domain/pricing/leg.ts';

/** A platform, ten distributors below it, ten below each of these and so on, with customers of the lowest ones. */
export interface LedgerWorld {
  readonly depth: number;
  /** The next sale of any customer: another line of its order, whose money is held. */
  nextSale(): Sale;
}

const at = new Date('2026-11-25T04:00:00Z');
const linesAnOrder = 100;
const general = { kind: 'general', rate: '0.06' } as const;

/**
 * Builds the world of the golden case 1 (all discount): list 1,000.00, prices 500, 700, 800 … 950. Every customer has
 * paid in and holds the money of `orders` orders of 100 lines.
 * @param depth distributors between platform and customer
 */
export async function buildWorld(
  ledger: Ledger,
  { depth, customers, orders = 1 }: { depth: number; customers: number; orders?: number },
): Promise<LedgerWorld> {
  const supplier = randomUUID();
  const levels: string[][] = [[randomUUID()]];
  for (let level = 1; level <= depth; level += 1) {
    levels.push(Array.from({ length: Math.min(10 ** level, 100) }, () => randomUUID()));
  }
  await Promise.all(levels.flat().map((id) => ledger.openBook(id, { firstPeriod: '2026-11-01' })));
  const chains = levels.at(-1)!.map((_, leaf) => levels.map((level) => level[leaf % level.length]!));
  const stock: { customer: string; legs: readonly Leg[]; orderNo: string; sold: number }[] = [];
  const people = Array.from({ length: customers }, () => randomUUID());
  await inTurns(people, async (customer, index) => {
    const chain = chains[index % chains.length]!;
    const legs = legsOf(supplier, chain, customer);
    const seller = chain.at(-1)!;
    const amount = BigInt(linesAnOrder) * legs.at(-1)!.gross;
    const paid = {
      key: `bench/${customer}`,
      seller,
      customer,
      amount: amount * BigInt(orders),
      channel: 'alipay',
    } as const;
    await ledger.recharge({ ...paid, tradeNo: customer, rechargeNo: `R-${customer}`, at });
    for (let order = 1; order <= orders; order += 1) {
      const orderNo = `O-${customer}-${order}`;
      await ledger.placeHold({ key: `hold/${orderNo}`, seller, customer, orderNo, amount, at });
      stock.push({ customer, legs, orderNo, sold: 0 });
    }
  });
  return {
    depth,
    nextSale: () => {
      const index = Math.floor(Math.random() * stock.length);
      const order = stock[index];
      if (!order) throw new Error('everything is sold: give the world more customers');
      order.sold += 1;
      if (order.sold === linesAnOrder) stock.splice(index, 1);
      const lineNo = `${order.orderNo}/${order.sold}`;
      return {
        key: `order/${lineNo}:sell:1`,
        orderNo: order.orderNo,
        lineNo,
        at,
        customer: order.customer,
        legs: order.legs,
        reductions: [],
        terms: [],
        recognition: { basis: 'straight-line', months: 12 },
        supplierMode: 'prepaid',
      };
    },
  };
}

/** The legs of one sale: supplier 500.00, then 700.00 rising to 800.00 at the last distributor, customer 950.00. */
function legsOf(supplier: string, chain: readonly string[], customer: string): readonly Leg[] {
  const parties: Party[] = [supplier, ...chain].map((id) => ({ id, taxpayer: general }));
  const fixed = (yuan: number): PriceTerm => ({ kind: 'fixed', unitPrice: String(Math.round(yuan * 100)) });
  const edges = chain.map((buyer, index): Edge => {
    const price = index === 0 ? fixed(500) : fixed(700 + ((index - 1) * 100) / Math.max(1, chain.length - 2));
    const seller = parties[index]!.id;
    return {
      seller,
      buyer,
      mode: 'discount',
      scope: { all: true },
      price,
      commissionRate: null,
      floor: null,
    };
  });
  const product = { id: randomUUID(), kind: 'cloud-host' };
  const measure = { listUnitPrice: '100000', quantity: '1', months: 0 };
  return priceChain({
    product,
    parties,
    edges,
    customer,
    retail: { price: fixed(950), floor: null },
    measure,
  }).legs;
}

async function inTurns<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: 200 }, worker));
}
