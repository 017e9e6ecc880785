import type { EntityManager } from '@mikro-orm/postgresql';
import { BusinessError } from '../../domain/errors.ts';
import { formatYuan } from '../../domain/money.ts';
import { bearsGift, spreadGift } from '../../domain/orders/gift.ts';
import { readSoldLine, type SoldLine } from '../../db/orders/frozen-line.ts';
import { readUnpaid } from '../../db/orders/read-process.ts';
import { moveLine, moveOrder } from '../../db/orders/stages.ts';
import { emit } from '../../db/stream.ts';
import type { Dependencies } from '../dependencies.ts';
import type { PaymentAttempt } from '../orders.ts';

/**
 * Pays an order by one hold on the wallet, gift first, all or nothing, then writes who is paid for and with what. What
 * the gift balance pays of a line is a reduction that its seller bears.
 * @throws BusinessError INSUFFICIENT_BALANCE (`missing` in 元, `missingFen`), REDUCTION_EXCEEDS_MARGIN
 */
export async function payOrder(dependencies: Dependencies, attempt: PaymentAttempt): Promise<void> {
  const { database, ledger } = dependencies;
  const { orderNumber, key, userId, at } = attempt;
  const order = await database.asSystem('order-process', (em) => readUnpaid(em, orderNumber));
  const held = await ledger.placeHold({
    key,
    seller: order.sellerId,
    customer: order.buyerId,
    orderNo: orderNumber,
    amount: order.total,
    at: new Date(at),
  });
  if (held.outcome === 'rejected') {
    throw new BusinessError('INSUFFICIENT_BALANCE', {
      missing: formatYuan(held.missing),
      missingFen: held.missing.toString(),
    });
  }
  const paid = await database.asSystem('order-process', async (em) => {
    if (held.gift > 0n && !(await writeGift(em, orderNumber, order, held.gift))) return false;
    const move = { at, actor: `user/${userId}` };
    if (!(await moveOrder(em, orderNumber, 'paid', move, { paid_at: at }))) return true;
    for (const line of order.lines) await moveLine(em, orderNumber, line, 'paid', move);
    await emit(em, [order.buyerId], 'wallet', { order: orderNumber });
    return true;
  });
  if (paid) return;
  await ledger.releaseHold({ key: `${key}:release`, orderNo: orderNumber, at: new Date(at) });
  throw new BusinessError('REDUCTION_EXCEEDS_MARGIN');
}

/** Writes each line's part of the gift; false when an agent of the chain could not bear it. */
async function writeGift(
  em: EntityManager,
  orderNumber: string,
  order: { sellerId: string; lines: number[] },
  gift: bigint,
): Promise<boolean> {
  const lines: SoldLine[] = [];
  for (const line of order.lines) lines.push(await readSoldLine(em, orderNumber, line));
  const parts = spreadGift(
    gift,
    lines.map(({ price }) => price),
  );
  if (!lines.every((line, index) => bearsGift(line.legs, parts[index]!))) return false;
  for (const [index, line] of lines.entries()) {
    if (parts[index] === 0n || line.gift > 0n) continue;
    await em.execute(
      `insert into reduction (line_id, giver_id, kind, rule, amount) values (?, ?, 'gift', 'wallet', ?)`,
      [line.id, order.sellerId, parts[index]!.toString()],
    );
  }
  return true;
}
