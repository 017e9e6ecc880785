import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Database } from '../db/database.ts';
import { endInbox, lockInbox, type InboxRow } from '../db/inbox.ts';
import { lineOfExternalName } from '../db/orders/read-process.ts';
import { readRecharge } from '../db/payments/recharges.ts';
import { streamNow, wakeReaders, type StreamCursor } from '../db/stream.ts';
import type { AlipayInboxBody, OpenComputingInboxBody } from '../domain/inbox.ts';
import { orderLineMessages, orderLineWorkflowId } from '../domain/orders.messages.ts';
import {
  rechargeMessages,
  rechargeWorkflow,
  rechargeWorkflowId,
  type ChannelNotice,
  type LateRechargeInput,
} from '../domain/payments.messages.ts';

const pause = 200;
const pauseAfterFailure = 2_000;
const atOnce = 50;

/**
 * Moves on what callbacks left in the inbox (a signal to the process concerned, then the row is done), and wakes the
 * readers of the event stream. Any number of processes may run it; it is at least once, and the processes do not mind.
 */
export class Relay {
  readonly #database: Database;
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #stop = new AbortController();
  #running: Promise<unknown> | null = null;

  constructor(database: Database, client: Client, taskQueue = 'kboss') {
    this.#database = database;
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  start(): void {
    let cursor: StreamCursor | null = null;
    this.#running = Promise.all([
      this.#repeat(() => this.relayInbox()),
      this.#repeat(async () => {
        cursor = await this.#database.asSystem('relay', async (em) =>
          wakeReaders(em, cursor ?? (await streamNow(em))),
        );
        return 0;
      }),
    ]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** One round; answers how many messages were moved on. */
  relayInbox(): Promise<number> {
    return this.#database.asSystem('relay', async (em) => {
      const rows = await lockInbox(em, atOnce);
      for (const row of rows) await endInbox(em, row.id, await this.#relay(row));
      return rows.length;
    });
  }

  async #repeat(round: () => Promise<number>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const wait = await round().then(
        (moved) => (moved === atOnce ? 0 : pause),
        () => pauseAfterFailure,
      );
      await delay(wait, null, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  #relay({ provider, body }: InboxRow): Promise<string> {
    if (provider.startsWith('alipay/')) return this.#toRecharge(body as unknown as AlipayInboxBody);
    if (provider.startsWith('open-computing/'))
      return this.#toLine(body as unknown as OpenComputingInboxBody);
    return Promise.resolve('unknown-provider');
  }

  /** To the recharge that waits; one that has ended is taken up again when there is money in it. */
  async #toRecharge({ rechargeNumber, tradeNumber, state }: AlipayInboxBody): Promise<string> {
    const notice: ChannelNotice = { tradeNumber, state };
    const workflowId = rechargeWorkflowId(rechargeNumber);
    try {
      await this.#client.workflow.getHandle(workflowId).signal(rechargeMessages.notified, notice);
      return 'signalled';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
    const recharge = await this.#database.asSystem('relay', (em) => readRecharge(em, rechargeNumber));
    const isPaid = state === 'succeeded' || state === 'finished';
    if (!recharge || !isPaid || recharge.state === 'succeeded') return 'nothing-to-do';
    const { number, customerId, sellerId } = recharge;
    const input: LateRechargeInput = {
      number,
      customerId,
      sellerId,
      at: new Date().toISOString(),
      late: true,
    };
    await this.#client.workflow.start(rechargeWorkflow, {
      taskQueue: this.#taskQueue,
      workflowId,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Late money of recharge ${number}`,
    });
    return 'taken-up-again';
  }

  async #toLine({ externalName }: OpenComputingInboxBody): Promise<string> {
    const found = await this.#database.asSystem('relay', (em) => lineOfExternalName(em, externalName));
    if (!found) return 'unknown-name';
    const workflowId = orderLineWorkflowId(found.orderNumber, found.line);
    try {
      await this.#client.workflow.getHandle(workflowId).signal(orderLineMessages.supplierSpoke);
      return 'signalled';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return 'nothing-to-do';
    }
  }
}
