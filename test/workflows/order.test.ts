import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApplicationFailure, type WorkflowUpdateFailedError } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import {
  orderMessages,
  orderWorkflow,
  orderWorkflowId,
  type OrderInput,
  type SubmittedOrder,
} from '../../domain/orders.messages.ts';
import { aTimeSkippingServer, type Fakes, type TimeSkipping } from '../support/time-skipping.ts';

let server: TimeSkipping;
beforeAll(async () => {
  server = await aTimeSkippingServer();
}, 60_000);
afterAll(() => server?.close());

const refusal = (type: string, details: Record<string, string> = {}) =>
  ApplicationFailure.create({ type, nonRetryable: true, details: [details] });

/** What the fakes were asked, in order: `payOrder order/O1:pay:1`. */
type Calls = string[];

function fakes(calls: Calls, over: Fakes = {}): Fakes {
  const usual: Fakes = {
    submitOrder: async ({ at }: OrderInput): Promise<SubmittedOrder> => ({
      total: '2000',
      expiresAt: new Date(Date.parse(at) + 30 * 60_000).toISOString(),
      lines: [1, 2].map((line) => ({
        line,
        price: '1000',
        product: 'hpc',
        supplierId: 's',
        driver: 'slurm',
      })),
    }),
    payOrder: async () => {},
    endUnpaidOrder: async () => {},
    markFulfilling: async () => {},
    finishOrder: async () => ({ state: 'completed' }),
    postSale: async () => {},
    openAtSupplier: async () => ({ state: 'active' }),
    lookUpAtSupplier: async () => ({ state: 'active' }),
    closeAtSupplier: async () => {},
    markInquiring: async () => {},
    activateLine: async () => {},
    failLine: async () => {},
    refundLine: async () => {},
    tell: async () => {},
  };
  return Object.fromEntries(
    Object.entries({ ...usual, ...over }).map(([name, fake]) => [
      name,
      (argument: never) => {
        const { key, line, state, kind } = argument as Record<string, string | number | undefined>;
        calls.push([name, kind ?? key ?? line ?? state].filter((part) => part !== undefined).join(' '));
        return fake(argument);
      },
    ]),
  );
}

let count = 0;
/** Submits one order of two lines; `number` names its processes. */
async function submit(taskQueue: string): Promise<{ number: string; submitted: SubmittedOrder }> {
  const number = `O20261124-SKIP${String(++count).padStart(4, '0')}`;
  const at = new Date(await server.now()).toISOString();
  const input: OrderInput = { number, buyerId: 'b', sellerId: 'd', userId: 'u', at, items: [] };
  const submitted = await server.client.workflow.executeUpdateWithStart<
    (input: OrderInput) => Promise<unknown>,
    SubmittedOrder,
    []
  >(orderMessages.submit, {
    startWorkflowOperation: new WithStartWorkflowOperation(orderWorkflow, {
      workflowId: orderWorkflowId(number),
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
    }),
  });
  return { number, submitted };
}

const handle = (number: string) => server.client.workflow.getHandle(orderWorkflowId(number));
const pay = (number: string) => handle(number).executeUpdate(orderMessages.pay, { args: [{ userId: 'u' }] });
const typeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: WorkflowUpdateFailedError) => (error.cause as ApplicationFailure).type,
  );

describe('an order that is not paid', () => {
  test('expires after thirty minutes and releases what it reserved', async () => {
    const calls: Calls = [];
    await server.run(fakes(calls), async (taskQueue) => {
      const before = await server.now();
      const { number } = await submit(taskQueue);
      expect(await handle(number).result()).toEqual({ state: 'expired' });
      expect((await server.now()) - before).toBeGreaterThanOrEqual(30 * 60_000);
      expect(calls).toEqual(['submitOrder', 'endUnpaidOrder expired']);
      await server.history(orderWorkflowId(number));
    });
  });

  test('is canceled once, however often one asks, and can then not be paid', async () => {
    const calls: Calls = [];
    await server.run(fakes(calls), async (taskQueue) => {
      const { number } = await submit(taskQueue);
      const cancel = () => handle(number).executeUpdate(orderMessages.cancel, { args: [{ userId: 'u' }] });
      await cancel();
      expect(await handle(number).result()).toEqual({ state: 'canceled' });
      expect(calls).toEqual(['submitOrder', 'endUnpaidOrder canceled']);
      await server.history(orderWorkflowId(number));
    });
  });

  test('that was refused tells why and starts nothing', async () => {
    const calls: Calls = [];
    const refusing = fakes(calls, { submitOrder: () => Promise.reject(refusal('OUT_OF_STOCK')) });
    await server.run(refusing, async (taskQueue) => {
      expect(await typeOf(submit(taskQueue))).toBe('OUT_OF_STOCK');
      expect(calls).toEqual(['submitOrder']);
    });
  });
});

describe('paying', () => {
  test('two clicks and two tabs make one attempt; a refused attempt is followed by the next number', async () => {
    const calls: Calls = [];
    let money = false;
    const paying = fakes(calls, {
      payOrder: () =>
        money ? Promise.resolve() : Promise.reject(refusal('INSUFFICIENT_BALANCE', { missingFen: '5' })),
    });
    await server.run(paying, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      expect(await typeOf(pay(number))).toBe('INSUFFICIENT_BALANCE');
      money = true;
      await Promise.all([pay(number), pay(number), pay(number)]);
      expect(await handle(number).result()).toEqual({ state: 'completed' });
      const attempts = calls.filter((call) => call.startsWith('payOrder'));
      expect(attempts).toEqual([`payOrder order/${number}:pay:1`, `payOrder order/${number}:pay:2`]);
      await server.history(orderWorkflowId(number));
    });
  });

  test('a recharge for the order pays it by itself; one that is not enough is told', async () => {
    const calls: Calls = [];
    let money = false;
    const paying = fakes(calls, {
      payOrder: () => (money ? Promise.resolve() : Promise.reject(refusal('INSUFFICIENT_BALANCE'))),
    });
    await server.run(paying, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      const booked = (rechargeNumber: string) =>
        handle(number).signal(orderMessages.rechargeBooked, { rechargeNumber, userId: 'u' });
      await booked('R1');
      await server.sleep('1 minute');
      expect(calls).toContain('tell order-still-unpaid');
      money = true;
      await booked('R2');
      expect(await handle(number).result()).toEqual({ state: 'completed' });
      await server.history(orderWorkflowId(number));
    });
  });
});

describe('lines', () => {
  test('one that fails is closed and refunded once, the other is not touched', async () => {
    const calls: Calls = [];
    const one = fakes(calls, {
      finishOrder: async () => ({ state: 'partially-refunded' }),
      openAtSupplier: async ({ line }: { line: number }) => {
        if (line === 1) throw refusal('SUPPLIER_REFUSED');
        return { state: 'active' };
      },
    } as Fakes);
    await server.run(one, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      await pay(number);
      expect(await handle(number).result()).toEqual({ state: 'partially-refunded' });
      expect(calls.filter((call) => call.endsWith(' 1'))).toEqual([
        'postSale 1',
        'openAtSupplier 1',
        'failLine 1',
        'closeAtSupplier 1',
        'refundLine 1',
      ]);
      expect(calls.filter((call) => call.endsWith(' 2'))).toEqual([
        'postSale 2',
        'openAtSupplier 2',
        'activateLine 2',
      ]);
      expect(await server.history(`order/${number}/1`)).toContain('refundLine');
    });
  });

  test('one whose sale the books refuse gives its part of the hold back and closes nothing', async () => {
    const calls: Calls = [];
    const sold: boolean[] = [];
    const refusing = fakes(calls, {
      postSale: () => Promise.reject(refusal('SALE_REFUSED')),
      refundLine: async ({ isSold }: { isSold: boolean }) => void sold.push(isSold),
    } as Fakes);
    await server.run(refusing, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      await pay(number);
      await handle(number).result();
      expect(sold).toEqual([false, false]);
      expect(calls.some((call) => call.startsWith('closeAtSupplier'))).toBe(false);
    });
  });

  test('after a lost answer what exists is adopted; what does not is opened again', async () => {
    const calls: Calls = [];
    let openings = 0;
    const losing = fakes(calls, {
      openAtSupplier: async ({ line }: { line: number }) => {
        if (line === 1 || openings++ === 0) throw refusal('OUTCOME_UNKNOWN');
        return { state: 'active' };
      },
      lookUpAtSupplier: async ({ line }: { line: number }) => ({ state: line === 1 ? 'active' : 'absent' }),
    } as Fakes);
    await server.run(losing, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      await pay(number);
      expect(await handle(number).result()).toEqual({ state: 'completed' });
      expect(calls.filter((call) => /AtSupplier 1$/.test(call))).toEqual([
        'openAtSupplier 1',
        'lookUpAtSupplier 1',
      ]);
      expect(calls.filter((call) => /AtSupplier 2$/.test(call))).toEqual([
        'openAtSupplier 2',
        'lookUpAtSupplier 2',
        'openAtSupplier 2',
      ]);
      await server.history(`order/${number}/2`);
    });
  });

  test('a supplier that never calls back is asked until it has opened', async () => {
    const calls: Calls = [];
    let looks = 0;
    const slow = fakes(calls, {
      openAtSupplier: async () => ({ state: 'pending', waitsFor: 'supplier' }),
      lookUpAtSupplier: async () =>
        ++looks > 20 ? { state: 'active' } : { state: 'pending', waitsFor: 'supplier' },
    });
    await server.run(slow, async (taskQueue) => {
      const before = await server.now();
      const { number } = await submit(taskQueue);
      await pay(number);
      expect(await handle(number).result()).toEqual({ state: 'completed' });
      expect((await server.now()) - before).toBeGreaterThan(30 * 60_000);
      await server.history(`order/${number}/1`);
    });
  });

  test('people are waited for over days; operators see it after one', async () => {
    const calls: Calls = [];
    const manual = fakes(calls, {
      submitOrder: async ({ at }: OrderInput): Promise<SubmittedOrder> => ({
        total: '1000',
        expiresAt: new Date(Date.parse(at) + 30 * 60_000).toISOString(),
        lines: [{ line: 1, price: '1000', product: 'bm', supplierId: 's', driver: 'manual' }],
      }),
      openAtSupplier: async () => ({ state: 'pending', waitsFor: 'people' }),
      moveWorkOrder: async ({ action }: { action: string }) => ({
        state: action === 'claim' ? 'processing' : 'done',
      }),
    } as Fakes);
    await server.run(manual, async (taskQueue) => {
      const { number } = await submit(taskQueue);
      await pay(number);
      await server.sleep('3 days');
      const line = server.client.workflow.getHandle(`order/${number}/1`);
      const { searchAttributes } = await line.describe();
      expect(searchAttributes['KbossNeedsAttention']).toEqual([true]);
      expect(searchAttributes['KbossWaitsFor']).toEqual(['people']);
      const act = (action: string) =>
        line.executeUpdate('handleWorkOrder', { args: [{ action, userId: 'm', organisationId: 'p' }] });
      expect(await act('claim')).toEqual({ state: 'processing' });
      expect(await act('back-fill')).toEqual({ state: 'done' });
      expect(await handle(number).result()).toEqual({ state: 'completed' });
      await server.history(`order/${number}/1`);
    });
  });
});
