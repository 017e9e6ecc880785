import { addMonthsToInstant } from '../../domain/time.ts';
import { stockKey } from '../../domain/orders.messages.ts';
import { readSoldLine } from '../../db/orders/frozen-line.ts';
import { takeStock } from '../../db/catalogue/stock.ts';
import { moveLine, moveWorkOrder } from '../../db/orders/stages.ts';
import { lockWorkOrder } from '../../db/orders/work-orders.ts';
import { moveResource } from '../../db/resources/states.ts';
import type { Dependencies } from '../dependencies.ts';
import type { LineAt } from '../provisioning.ts';

/** The resource is the customer's: states, the service period, and the start of recognition in every book. */
export async function activateLine(
  { database, ledger }: Dependencies,
  { orderNumber, line, at }: LineAt,
): Promise<void> {
  const instant = new Date(at);
  await ledger.activate(`${orderNumber}/${line}`, instant);
  await database.asSystem('provisioning', async (em) => {
    const sold = await readSoldLine(em, orderNumber, line);
    const move = { at, actor: 'process' };
    if (!(await moveLine(em, orderNumber, line, 'active', move, { activated_at: at }))) return;
    const ends = sold.months > 0 ? addMonthsToInstant(instant, sold.months).toISOString() : null;
    await moveResource(em, sold.id, 'active', move, { activated_at: at, ends_at: ends });
    const work = await lockWorkOrder(em, orderNumber, line);
    if (work) await moveWorkOrder(em, work.id, 'done', move);
    await takeStock(em, stockKey(orderNumber, line), instant);
  });
}
