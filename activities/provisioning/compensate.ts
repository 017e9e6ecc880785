import type { EntityManager } from '@mikro-orm/postgresql';
import { stockKey } from '../../domain/orders.messages.ts';
import { readSoldLine, type SoldLine } from '../../db/orders/frozen-line.ts';
import { releaseStock } from '../../db/catalogue/stock.ts';
import { moveLine, moveWorkOrder } from '../../db/orders/stages.ts';
import { lockWorkOrder } from '../../db/orders/work-orders.ts';
import { writeMessage } from '../../db/notifications/messages.ts';
import { moveResource } from '../../db/resources/states.ts';
import { emit } from '../../db/stream.ts';
import type { Dependencies } from '../dependencies.ts';
import type { LineFailure } from '../provisioning.ts';

/** Writes that a line has failed, and why; its work order and resource end with it. */
export function failLine({ database }: Dependencies, failure: LineFailure): Promise<void> {
  const { orderNumber, line, code, details, at } = failure;
  return database.asSystem('provisioning', async (em) => {
    const sold = await readSoldLine(em, orderNumber, line);
    const move = { at, actor: 'process', reason: code };
    const set = { failure_code: code, failure_details: JSON.stringify(customerDetails(details)) };
    if (!(await moveLine(em, orderNumber, line, 'failed', move, set))) return;
    await moveResource(em, sold.id, 'releasing', move);
    const work = await lockWorkOrder(em, orderNumber, line);
    if (work && work.state !== 'failed') {
      await moveWorkOrder(
        em,
        work.id,
        'failed',
        { ...move, reason: details['reason'] ?? code },
        { failure_code: code },
      );
    }
  });
}

/**
 * Gives everything of a failed line back, exactly once: a line that was sold is reversed in every book and its money
 * returns to the parts of the wallet that it came from; one that was not releases its part of the hold and its edges.
 */
export async function refundLine(
  { database, ledger }: Dependencies,
  failure: LineFailure & { isSold: boolean },
): Promise<void> {
  const { orderNumber, line, isSold, code, at } = failure;
  const move = { at, actor: 'process', reason: code };
  const sold = await database.asSystem('provisioning', async (em) => {
    const row = await readSoldLine(em, orderNumber, line);
    if (row.state === 'failed') await moveLine(em, orderNumber, line, 'refunding', move);
    return row;
  });
  const name = `${orderNumber}/${line}`;
  const instant = new Date(at);
  if (isSold)
    await ledger.refundSale({ key: `order/${name}:refund`, lineNo: name, at: instant, reason: code });
  else {
    const part = { amount: sold.price, gift: sold.gift, at: instant };
    await ledger.releaseHold({ key: `order/${name}:release-hold`, orderNo: orderNumber, ...part });
  }
  await ledger.releaseEdges({
    key: `order/${name}:release-edges`,
    orderNo: orderNumber,
    lineNo: name,
    at: instant,
  });
  await database.asSystem('provisioning', (em) => writeRefund(em, sold, failure));
}

async function writeRefund(
  em: EntityManager,
  sold: SoldLine,
  { line, code, at, orderNumber }: LineFailure,
): Promise<void> {
  const move = { at, actor: 'process', reason: code };
  if (!(await moveLine(em, orderNumber, line, 'refunded', move))) return;
  await em.execute('update customer_order set refunded = refunded + ? where number = ?', [
    sold.price.toString(),
    orderNumber,
  ]);
  await moveResource(em, sold.id, 'released', move);
  await releaseStock(em, stockKey(orderNumber, line), new Date(at));
  await emit(em, [sold.buyerId], 'wallet', { order: orderNumber });
  await writeMessage(em, {
    organisationId: sold.buyerId,
    key: `order/${orderNumber}/${line}:refunded`,
    kind: 'order-line-refunded',
    details: { order: orderNumber, line: String(line), code, ...sold.title, amount: sold.price.toString() },
    link: `/orders/${orderNumber}`,
    at,
  });
}

/** The supplier's own words are for staff: the customer gets the code, whose text says what it means. */
function customerDetails(details: LineFailure['details']): Record<string, string> {
  const { reason: _, supplierCode: __, ...rest } = details;
  return rest;
}
