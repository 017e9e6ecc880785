import { BusinessError } from '../../domain/errors.ts';
import type { Sale } from '../../domain/ledger/sale.ts';
import { makeNumber } from '../../domain/numbers.ts';
import { legsAfterGift } from '../../domain/orders/gift.ts';
import { readSoldLine, type SoldLine } from '../../db/orders/frozen-line.ts';
import { moveLine } from '../../db/orders/stages.ts';
import { openWorkOrder } from '../../db/orders/work-orders.ts';
import type { Dependencies } from '../dependencies.ts';
import type { LineAt } from '../provisioning.ts';

/**
 * Posts the sale of a line in every book of its chain, in one commit of the ledger, then opens its work order and the
 * resource that will be. A refusal of the ledger is final for the line: nothing was posted.
 */
export async function postSale(dependencies: Dependencies, { orderNumber, line, at }: LineAt): Promise<void> {
  const { database, ledger, secrets } = dependencies;
  const sold = await database.asSystem('order-process', (em) => readSoldLine(em, orderNumber, line), {
    readOnly: true,
  });
  const outcome = await ledger.sell(saleOf(sold, at));
  if (outcome.outcome === 'rejected') throw new BusinessError('SALE_REFUSED');
  if (sold.gift > 0n) await releaseRestOfEdges(dependencies, sold, at);
  await database.asSystem('order-process', async (em) => {
    const isNew = await moveLine(em, orderNumber, line, 'dispatched', { at, actor: 'process' });
    if (!isNew) return;
    const instant = new Date(at);
    await openWorkOrder(em, sold, {
      at,
      workOrderNumber: makeNumber('workOrder', instant, bytesOf(secrets.hash(`work order of ${sold.id}`))),
      resourceNumber: makeNumber('resource', instant, bytesOf(secrets.hash(`resource of ${sold.id}`))),
    });
  });
}

/** What the gift balance paid is collected by nobody, so that less of the edges was used than was reserved. */
async function releaseRestOfEdges({ ledger }: Dependencies, sold: SoldLine, at: string): Promise<void> {
  const lineNo = `${sold.orderNumber}/${sold.line}`;
  const key = `order/${lineNo}:release-rest`;
  await ledger.releaseEdges({ key, orderNo: sold.orderNumber, lineNo, at: new Date(at) });
}

/** Numbers of things made by a process come from a keyed hash, so that a repeated step makes the same ones. */
function bytesOf(hash: string): Uint8Array {
  return Buffer.from(hash, 'base64url');
}

function saleOf(sold: SoldLine, at: string): Sale {
  const { orderNumber, line, reductions, gift } = sold;
  return {
    key: `order/${orderNumber}/${line}:sale`,
    orderNo: orderNumber,
    lineNo: `${orderNumber}/${line}`,
    at: new Date(at),
    customer: sold.buyerId,
    legs: legsAfterGift(sold.legs, gift),
    reductions,
    terms: sold.legs.map(({ upstreamPay, settleable }) => ({ upstreamPay, settleable })),
    recognition: recognitionOf(sold),
    supplierMode: 'prepaid',
  };
}

/** Subscriptions are earned month by month, packs as they are used, one-off goods at once. */
function recognitionOf({ billing, months }: SoldLine): Sale['recognition'] {
  if (billing === 'subscription') return { basis: 'straight-line', months };
  return { basis: billing === 'pack' ? 'quantity' : 'at-once' };
}
