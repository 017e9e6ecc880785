import type { EntityManager } from '@mikro-orm/postgresql';
import { BusinessError } from '../../domain/errors.ts';
import {
  paymentMinutes,
  stockKey,
  type OrderInput,
  type SubmittedOrder,
} from '../../domain/orders.messages.ts';
import { PricingRefusal } from '../../domain/pricing/edge.ts';
import { reserveStock } from '../../db/catalogue/stock.ts';
import { writeMessage } from '../../db/notifications/messages.ts';
import { readParkedBooks, readSubmitted } from '../../db/orders/read-process.ts';
import { writeOrder } from '../../db/orders/write-order.ts';
import type { Dependencies } from '../dependencies.ts';
import { freezeLines, type PricedLine } from './freeze.ts';

/** What refused, as the staff of an edge hear it; the customer hears only that it is not available now. */
interface EdgeRefusal {
  code: string;
  edge: { seller: string; buyer: string };
}

/**
 * Freezes an order: prices through every chain, deposit or credit on every edge, stock, then the rows, all before
 * money is asked. A refusal leaves nothing reserved and no order; a repeat answers what was written.
 */
export async function submitOrder(dependencies: Dependencies, input: OrderInput): Promise<SubmittedOrder> {
  const { database } = dependencies;
  const known = await database.asSystem('order-process', (em) => readSubmitted(em, input.number));
  if (known) return known;
  let lines: PricedLine[];
  try {
    lines = await database.asSystem('price-chain', (em) => freezeLines(em, input), { readOnly: true });
  } catch (error) {
    if (!(error instanceof PricingRefusal)) throw error;
    return refuse(dependencies, input, { code: error.code, edge: error.at });
  }
  const refused = (await parkedBook(dependencies, lines)) ?? (await reserveEdges(dependencies, input, lines));
  if (refused) return refuse(dependencies, input, refused);
  try {
    return await database.asSystem('order-process', (em) => writeReserved(em, input, lines));
  } catch (error) {
    if (error instanceof BusinessError) await releaseEdges(dependencies, input);
    throw error;
  }
}

async function writeReserved(
  em: EntityManager,
  input: OrderInput,
  lines: PricedLine[],
): Promise<SubmittedOrder> {
  const at = new Date(input.at);
  const wanted = lines.map(({ line, planId, quantity }) => ({
    key: stockKey(input.number, line),
    planId,
    quantity,
  }));
  if (await reserveStock(em, wanted, at)) throw new BusinessError('OUT_OF_STOCK');
  const expiresAt = new Date(at.getTime() + paymentMinutes * 60_000).toISOString();
  await writeOrder(em, { ...input, expiresAt, lines });
  return (await readSubmitted(em, input.number))!;
}

/** While a book of the chain is being checked nothing is sold through it; what already happened waits (BOOK_PARKED). */
async function parkedBook(
  { database }: Dependencies,
  lines: readonly PricedLine[],
): Promise<EdgeRefusal | null> {
  const books = [...new Set(lines.flatMap(({ legs }) => legs.slice(1).map(({ seller }) => seller)))];
  const parked = await database.asSystem('price-chain', (em) => readParkedBooks(em, books), {
    readOnly: true,
  });
  return parked[0] === undefined
    ? null
    : { code: 'BOOK_PARKED', edge: { seller: parked[0], buyer: parked[0] } };
}

/** Sets aside what every buyer between platform and customer will owe its seller. */
async function reserveEdges(
  { ledger }: Dependencies,
  { number, at }: OrderInput,
  lines: readonly PricedLine[],
): Promise<EdgeRefusal | null> {
  const legs = lines.flatMap((line) =>
    line.legs.slice(1, -1).map(({ seller, buyer, mode, gross, index }) => ({
      seller,
      buyer,
      mode,
      amount: gross,
      lineNo: `${number}/${line.line}`,
      upstreamPay: line.terms[index]!.upstreamPay,
    })),
  );
  if (legs.length === 0) return null;
  try {
    const outcome = await ledger.reserveEdges({
      key: `order/${number}:reserve`,
      orderNo: number,
      legs,
      at: new Date(at),
    });
    if (outcome.outcome === 'posted') return null;
    const edge = outcome.edge ?? { seller: legs[0]!.seller, buyer: legs[0]!.buyer };
    return { code: 'EDGE_LIMIT_REACHED', edge };
  } catch (error) {
    if (!(error instanceof BusinessError) || error.code !== 'BOOK_PARKED') throw error;
    return { code: 'BOOK_PARKED', edge: { seller: legs[0]!.seller, buyer: legs[0]!.seller } };
  }
}

async function releaseEdges({ ledger }: Dependencies, { number, at }: OrderInput): Promise<void> {
  await ledger.releaseEdges({ key: `order/${number}:release-edges`, orderNo: number, at: new Date(at) });
}

/** The staff of the edge hear the reason, the customer only that it is not available at the moment. */
async function refuse(
  { database }: Dependencies,
  { number, buyerId, at }: OrderInput,
  { code, edge }: EdgeRefusal,
): Promise<never> {
  const staff = [...new Set([edge.seller, edge.buyer])].filter((organisation) => organisation !== buyerId);
  await database.asSystem('order-process', async (em) => {
    for (const organisationId of staff) {
      await writeMessage(em, {
        organisationId,
        key: `order/${number}:edge-refused`,
        kind: 'edge-refused',
        details: { code, seller: edge.seller, buyer: edge.buyer },
        at,
      });
    }
  });
  throw new BusinessError('TEMPORARILY_NOT_AVAILABLE');
}
