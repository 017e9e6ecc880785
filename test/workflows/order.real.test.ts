import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowUpdateFailedError } from '@temporalio/client';
import { orderMessages, orderWorkflowId } from '../../domain/orders.messages.ts';
import { aTrade, type Trade } from '../support/trade.ts';

let trade: Trade;

beforeAll(async () => {
  trade = await aTrade();
  await trade.work();
}, 60_000);
afterAll(() => trade?.close());

const pay = (number: string) =>
  trade.client.workflow
    .getHandle(orderWorkflowId(number))
    .executeUpdate(orderMessages.pay, {
      args: [{ userId: trade.tree.customer.people['customer-admin']!.id }],
    });

const result = (number: string) => trade.client.workflow.getHandle(orderWorkflowId(number)).result();

/** The type of the failure that an update ended with. */
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: WorkflowUpdateFailedError) => (error.cause as { type?: string })?.type ?? String(error),
  );

describe('an order on real Temporal and PostgreSQL', () => {
  test('is frozen, paid once, booked in three books and opened', async () => {
    const { tree, catalogue } = trade;
    await trade.fill(tree.customer, 100_000n);
    const { number, order } = await trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '1000', priceSeen: '7600' },
    ]);
    expect(order.total).toBe('7600');
    const both = await Promise.all([pay(number), pay(number)]);
    expect(both).toEqual([{ state: 'paid' }, { state: 'paid' }]);
    expect(await result(number)).toEqual({ state: 'completed' });

    expect(await trade.ledger.wallet(tree.customer.id, tree.subDistributor.id)).toMatchObject({
      cash: 92_400n,
      held: 0n,
    });
    const [line] = await trade.world.sql<Record<string, unknown>>(
      `select l.state, r.state as resource, w.state as work, s.state as stock, r.access_sealed as sealed
       from order_line l join resource r on r.line_id = l.id join work_order w on w.line_id = l.id
         join stock_reservation s on s.key = 'order/' || l.order_number || ':line:' || l.line
       where l.order_number = ?`,
      [number],
    );
    expect(line).toMatchObject({ state: 'active', resource: 'active', work: 'done', stock: 'taken' });
    expect(String(line!['sealed'])).toMatch(/^v1\./);
  }, 60_000);

  test('is refused when the price has changed since the cart', async () => {
    const { tree, catalogue } = trade;
    const attempt = trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '1000', priceSeen: '7500' },
    ]);
    expect(await failureOf(attempt)).toBe('PRICE_CHANGED');
  });
});
