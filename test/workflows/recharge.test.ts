import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WithStartWorkflowOperation } from '@temporalio/client';
import {
  rechargeMessages,
  rechargeWorkflow,
  rechargeWorkflowId,
  type ChannelNotice,
  type CreatedRecharge,
  type RechargeInput,
} from '../../domain/payments.messages.ts';
import { aTimeSkippingServer, type Fakes, type TimeSkipping } from '../support/time-skipping.ts';

let server: TimeSkipping;
beforeAll(async () => {
  server = await aTimeSkippingServer();
}, 60_000);
afterAll(() => server?.close());

/** A channel whose trade is in a state that the test sets. */
class Channel {
  state: 'absent' | 'waiting' | 'succeeded' | 'closed' = 'absent';
  isSilent = false;
  closes = 0;
  onClose: () => void = () => {};

  query() {
    if (this.isSilent) return { outcome: 'unknown', code: 'NO_VALID_ANSWER', message: '' };
    return {
      outcome: 'accepted',
      value: { state: this.state, tradeNumber: this.state === 'absent' ? null : 'T1' },
    };
  }

  close() {
    this.closes += 1;
    this.onClose();
    if (this.state === 'succeeded')
      return { outcome: 'rejected', code: 'ACQ.TRADE_STATUS_ERROR', message: '' };
    if (this.state === 'waiting') this.state = 'closed';
    return { outcome: 'accepted', value: { state: this.state } };
  }
}

function fakes(calls: string[], channel: Channel): Fakes {
  const note = (call: string): void => void calls.push(call);
  return {
    createRecharge: async ({ at }: RechargeInput): Promise<CreatedRecharge> => ({
      payUrl: 'https://cashier.example/',
      expiresAt: new Date(Date.parse(at) + 30 * 60_000).toISOString(),
    }),
    bookRecharge: async ({ tradeNumber }: { tradeNumber: string }) => {
      note(`booked ${tradeNumber}`);
      return { userId: 'u' };
    },
    markRecharge: async ({ state }: { state: string }) => note(state),
    tell: async ({ kind }: { kind: string }) => note(`told ${kind}`),
    queryRecharge: async () => channel.query(),
    closeRecharge: async () => channel.close(),
  } as Fakes;
}

let count = 0;
async function start(taskQueue: string, orderNumber?: string): Promise<string> {
  const number = `R20261124-SKIP${String(++count).padStart(4, '0')}`;
  const at = new Date(await server.now()).toISOString();
  const input: RechargeInput = {
    ...{ number, customerId: 'c', sellerId: 's', userId: 'u', amount: '100', channel: 'alipay' },
    ...(orderNumber ? { orderNumber } : {}),
    ...{ returnUrl: 'https://x.example/', at },
  };
  await server.client.workflow.executeUpdateWithStart<
    (input: RechargeInput) => Promise<unknown>,
    CreatedRecharge,
    []
  >(rechargeMessages.create, {
    startWorkflowOperation: new WithStartWorkflowOperation(rechargeWorkflow, {
      workflowId: rechargeWorkflowId(number),
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
    }),
  });
  return number;
}

const handle = (number: string) => server.client.workflow.getHandle(rechargeWorkflowId(number));
const notify = (number: string, state: ChannelNotice['state']) =>
  handle(number).signal(rechargeMessages.notified, { tradeNumber: 'T1', state });

describe('a recharge', () => {
  test('is booked once, in whatever order and however often it is told', async () => {
    const calls: string[] = [];
    await server.run(fakes(calls, new Channel()), async (taskQueue) => {
      const number = await start(taskQueue);
      await notify(number, 'waiting');
      await notify(number, 'succeeded');
      await notify(number, 'waiting');
      await notify(number, 'succeeded').catch(() => {});
      expect(await handle(number).result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['booked T1']);
      await server.history(rechargeWorkflowId(number));
    });
  });

  test('that nobody tells of is found by asking', async () => {
    const calls: string[] = [];
    const channel = new Channel();
    await server.run(fakes(calls, channel), async (taskQueue) => {
      const number = await start(taskQueue);
      channel.state = 'succeeded';
      expect(await handle(number).result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['booked T1']);
      await server.history(rechargeWorkflowId(number));
    });
  });

  test('that nobody pays is closed at the channel after it has expired', async () => {
    const calls: string[] = [];
    const channel = new Channel();
    channel.state = 'waiting';
    await server.run(fakes(calls, channel), async (taskQueue) => {
      const before = await server.now();
      const number = await start(taskQueue);
      expect(await handle(number).result()).toEqual({ state: 'closed' });
      expect((await server.now()) - before).toBeGreaterThanOrEqual(30 * 60_000);
      expect(channel.closes).toBe(1);
      expect(calls).toEqual(['closed']);
      await server.history(rechargeWorkflowId(number));
    });
  });

  test('paid in the moment of closing is booked', async () => {
    const calls: string[] = [];
    const channel = new Channel();
    channel.state = 'waiting';
    channel.onClose = () => (channel.state = 'succeeded');
    await server.run(fakes(calls, channel), async (taskQueue) => {
      const number = await start(taskQueue);
      expect(await handle(number).result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['booked T1']);
    });
  });

  test('of which nobody knows is unknown until somebody does', async () => {
    const calls: string[] = [];
    const channel = new Channel();
    channel.isSilent = true;
    await server.run(fakes(calls, channel), async (taskQueue) => {
      const number = await start(taskQueue);
      await server.sleep('2 hours');
      expect(calls).toEqual(['unknown']);
      const { searchAttributes } = await handle(number).describe();
      expect(searchAttributes['KbossStage']).toEqual(['unknown']);
      expect(searchAttributes['KbossNeedsAttention']).toEqual([true]);
      channel.isSilent = false;
      channel.state = 'succeeded';
      expect(await handle(number).result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['unknown', 'pending', 'booked T1']);
      await server.history(rechargeWorkflowId(number));
    });
  });

  test('for an order that has ended stays in the wallet, and the customer is told', async () => {
    const calls: string[] = [];
    await server.run(fakes(calls, new Channel()), async (taskQueue) => {
      const number = await start(taskQueue, 'O20261124-GONE0000');
      await notify(number, 'succeeded');
      expect(await handle(number).result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['booked T1', 'told recharge-kept']);
      await server.history(rechargeWorkflowId(number));
    });
  });

  test('told after its end is taken up again and booked when the channel confirms', async () => {
    const calls: string[] = [];
    const channel = new Channel();
    channel.state = 'succeeded';
    await server.run(fakes(calls, channel), async (taskQueue) => {
      const late = { number: 'R20261124-LATE0000', customerId: 'c', sellerId: 's', at: '', late: true };
      const run = await server.client.workflow.start(rechargeWorkflow, {
        workflowId: rechargeWorkflowId(late.number),
        taskQueue,
        args: [late],
      });
      expect(await run.result()).toEqual({ state: 'succeeded' });
      expect(calls).toEqual(['booked T1']);
      await server.history(rechargeWorkflowId(late.number));
    });
  });
});
