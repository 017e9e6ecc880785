import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowUpdateFailedError } from '@temporalio/client';
import { orderMessages, orderWorkflowId } from '../../domain/orders.messages.ts';
import { checkDatabase } from '../../scripts/ledger-check.ts';
import { aTrade, type Trade } from '../support/trade.ts';
import type { Organisation } from '../support/world.ts';

let trade: Trade;

beforeAll(async () => {
  trade = await aTrade();
  await trade.work();
}, 60_000);
afterAll(async () => {
  await trade?.close();
});

const pay = (number: string) =>
  trade.client.workflow.getHandle(orderWorkflowId(number)).executeUpdate(orderMessages.pay, {
    args: [{ userId: trade.tree.customer.people['customer-admin']!.id }],
  });

const result = (number: string) => trade.client.workflow.getHandle(orderWorkflowId(number)).result();
const walletOf = (customer: Organisation) => trade.ledger.wallet(customer.id, customer.parentId!);

/** The type of the failure that an update ended with. */
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: WorkflowUpdateFailedError) => (error.cause as { type?: string })?.type ?? String(error),
  );

/** Buys core-hours and answers how it ended. */
async function buyHours(customer: Organisation, quantity: string, priceSeen: string): Promise<string> {
  const { number } = await trade.submit(customer, [
    { planId: trade.catalogue.hpc.planId, quantity, priceSeen },
  ]);
  await pay(number);
  return ((await result(number)) as { state: string }).state;
}

const giveGift = (customer: Organisation, amount: bigint) =>
  trade.ledger.giveGift({
    key: `gift ${customer.id} ${amount}`,
    seller: customer.parentId!,
    customer: customer.id,
    amount,
    reason: 'test',
    at: new Date(),
  });

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

    expect(await walletOf(tree.customer)).toMatchObject({ cash: 92_400n, held: 0n });
    const [line] = await trade.world.sql<Record<string, unknown>>(
      `select l.state, r.state as resource, w.state as work, s.state as stock, r.access_sealed as sealed
       from order_line l join resource r on r.line_id = l.id join work_order w on w.line_id = l.id
         join stock_reservation s on s.key = 'order/' || l.order_number || ':line:' || l.line
       where l.order_number = ?`,
      [number],
    );
    expect(line).toMatchObject({ state: 'active', resource: 'active', work: 'done', stock: 'taken' });
    expect(String(line!['sealed'])).toMatch(/^v1\./);
    const legs = await trade.world.sql<{ gross: string; net: string }>(
      'select gross::text, net::text from sale_leg where order_number = ? order by position',
      [number],
    );
    expect(legs.map(({ gross }) => gross)).toEqual(['4000', '5600', '6400', '7600']);
  }, 60_000);

  test('keeps who sold it and where the customer came from, whoever looks after the customer later', async () => {
    const { tree, catalogue, world } = trade;
    const frozen = {
      sales_person_id: tree.subDistributor.people['sales']!.id,
      department_id: null,
      source: 'invitation',
      source_code: 'SPRING26',
      verification: 'enterprise',
    };
    const reassign = (manager: string, source: string, code: string | null, verification: string) =>
      world.sql(
        `update customer_profile set account_manager_id = ?, source = ?, source_code = ?, verification = ?
         where customer_id = ?`,
        [manager, source, code, verification, tree.customer.id],
      );
    await reassign(frozen.sales_person_id, frozen.source, frozen.source_code, frozen.verification);
    const { number } = await trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '10', priceSeen: '76' },
    ]);
    await reassign(tree.subDistributor.people['admin']!.id, 'direct', null, 'refused');
    const lines = await world.sql(
      `select sales_person_id, department_id, source, source_code, verification from order_line
       where order_number = ?`,
      [number],
    );
    expect(lines).toEqual([frozen]);
  }, 60_000);

  test('is refused when the price has changed since the cart', async () => {
    const { tree, catalogue } = trade;
    const attempt = trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '1000', priceSeen: '7500' },
    ]);
    expect(await failureOf(attempt)).toBe('PRICE_CHANGED');
  });

  test('is refused before money is asked while the pool is not managed', async () => {
    const { tree, catalogue, world } = trade;
    const setPool = (state: string) =>
      world.sql('update pool set state = ? where id = ?', [state, catalogue.hpc.poolId]);
    await setPool('unmanaged');
    const attempt = trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '1000', priceSeen: '7600' },
    ]);
    expect(await failureOf(attempt)).toBe('OUT_OF_STOCK');
    await setPool('managed');
  });

  test('is paid from the gift first; what fails gives gift and cash back to where they came from', async () => {
    const { tree, supplier } = trade;
    await giveGift(tree.customer, 2_000n);
    const before = await walletOf(tree.customer);
    supplier.plan.push('refuse');
    expect(await buyHours(tree.customer, '1000', '7600')).toBe('refunded');
    expect(await walletOf(tree.customer)).toEqual(before);
    expect(await buyHours(tree.customer, '1000', '7600')).toBe('completed');
    expect(await walletOf(tree.customer)).toMatchObject({ gift: 0n, cash: before.cash - 5_600n, held: 0n });
  }, 60_000);

  test('through an agent (rebate) and from the platform itself is booked as well', async () => {
    const { tree } = trade;
    await trade.fill(tree.strangersCustomer, 10_000n);
    await giveGift(tree.strangersCustomer, 500n);
    expect(await buyHours(tree.strangersCustomer, '1000', '8000')).toBe('completed');
    expect(await walletOf(tree.strangersCustomer)).toMatchObject({ cash: 2_500n, gift: 0n });
    await trade.fill(tree.directCustomer, 10_000n);
    expect(await buyHours(tree.directCustomer, '1000', '8000')).toBe('completed');
    expect(await walletOf(tree.directCustomer)).toMatchObject({ cash: 2_000n });
  }, 60_000);

  test('after a lost answer takes what was opened, and opens again what was not', async () => {
    const { tree, supplier } = trade;
    const before = supplier.requests.length;
    supplier.plan.push('lost-answer');
    expect(await buyHours(tree.customer, '10', '76')).toBe('completed');
    expect(supplier.requests.length - before).toBe(1);
    supplier.plan.push('lost-before');
    expect(await buyHours(tree.customer, '10', '76')).toBe('completed');
    expect(supplier.requests.length - before).toBe(3);
  }, 60_000);

  test('is refused before money is asked while a book of its chain is being checked', async () => {
    const { tree, catalogue, ledger } = trade;
    await ledger.park(tree.platform.id, 'test');
    const attempt = trade.submit(tree.directCustomer, [
      { planId: catalogue.hpc.planId, quantity: '10', priceSeen: '80' },
    ]);
    expect(await failureOf(attempt)).toBe('TEMPORARILY_NOT_AVAILABLE');
    await ledger.park(tree.platform.id, null);
  });

  test('the books of all that agree', async () => {
    const results = await checkDatabase(trade.world.database.auditUrl);
    expect(results.filter(({ state }) => state === 'broken')).toEqual([]);
  });

  test('operators find it by what it is and what it waits for', async () => {
    const { tree, catalogue, client } = trade;
    const { number } = await trade.submit(tree.customer, [
      { planId: catalogue.hpc.planId, quantity: '10', priceSeen: '76' },
    ]);
    const handle = client.workflow.getHandle(orderWorkflowId(number));
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({
      KbossNo: [number],
      KbossCustomer: [tree.customer.id],
      KbossOrganisation: [tree.subDistributor.id],
      KbossStage: ['awaiting-payment'],
      KbossWaitsFor: ['payment'],
      KbossAmount: [76],
    });
    const metadata = await handle.query<{ currentDetails: string }, []>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toMatch(
      /Frozen and reserved: ¥0\.76[\s\S]*Waits for:\*\* the customer's payment/,
    );
    await handle.executeUpdate(orderMessages.cancel, { args: [{ userId: 'u' }] });
  });
});
