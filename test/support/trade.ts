import { randomBytes } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { NativeConnection, type Worker, type WorkerOptions } from '@temporalio/worker';
import type { Dependencies } from '../../activities/dependencies.ts';
import {
  DriverError,
  type Driver,
  type Provisioned,
  type ProvisionRequest,
} from '../../activities/drivers/driver.ts';
import { manualDriver } from '../../activities/drivers/manual.ts';
import { openLedger, type Ledger } from '../../db/ledger/ledger.ts';
import { makeNumber } from '../../domain/numbers.ts';
import {
  orderMessages,
  orderWorkflow,
  orderWorkflowId,
  type OrderedItem,
  type OrderInput,
  type SubmittedOrder,
} from '../../domain/orders.messages.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { createWorkers, runWorkers, stopWorkers } from '../../workers/worker.ts';
import { Relay } from '../../workers/relay.ts';
import { aCatalogue, type Catalogue } from './catalogue.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { aTree, anEmptyWorld, type Organisation, type Tree, type World } from './world.ts';

/** A supplier that does as it is told: what it opened stays opened under our name, as at a real one. */
export class FakeSupplier implements Driver {
  readonly opened = new Map<string, 'active' | 'pending' | 'closed'>();
  readonly requests: ProvisionRequest[] = [];
  /** What the next calls of `open` do, first come first served; afterwards it opens at once. */
  readonly plan: ('active' | 'pending' | 'lost-answer' | 'lost-before' | 'refuse' | 'down')[] = [];
  closes = 0;

  open(_pool: unknown, request: ProvisionRequest): Promise<Provisioned> {
    this.requests.push(request);
    const next = this.plan.shift() ?? 'active';
    if (next === 'down') return Promise.reject(new DriverError('DOWN', 'safe', 'not reachable'));
    if (next === 'refuse') return Promise.reject(new DriverError('SOLD_OUT', 'never', 'no capacity'));
    if (next === 'lost-before') return Promise.reject(new DriverError('LOST', 'look-up', 'lost'));
    this.opened.set(request.externalName, next === 'pending' ? 'pending' : 'active');
    if (next === 'lost-answer') return Promise.reject(new DriverError('LOST', 'look-up', 'lost'));
    return Promise.resolve(this.#answer(request.externalName));
  }

  lookUp(_pool: unknown, externalName: string): ReturnType<Driver['lookUp']> {
    const state = this.opened.get(externalName);
    if (state === undefined || state === 'closed') return Promise.resolve({ state: 'absent' });
    return Promise.resolve(this.#answer(externalName));
  }

  close(_pool: unknown, externalName: string): Promise<void> {
    this.closes += 1;
    if (this.opened.has(externalName)) this.opened.set(externalName, 'closed');
    return Promise.resolve();
  }

  #answer(externalName: string): Provisioned {
    if (this.opened.get(externalName) === 'pending') return { state: 'pending', waitsFor: 'supplier' };
    return {
      state: 'active',
      access: { address: '10.0.0.7', password: 'canary' },
      facts: { name: externalName },
    };
  }
}

/** A world that trades: catalogue, books with money in them, and workers of its own queues on the shared server. */
export interface Trade {
  world: World;
  tree: Tree;
  catalogue: Catalogue;
  ledger: Ledger;
  client: Client;
  taskQueue: string;
  supplier: FakeSupplier;
  dependencies: Dependencies;
  /** Puts cash into a customer's wallet. */
  fill(customer: Organisation, amount: bigint): Promise<void>;
  /** Submits an order as the api does and answers what was frozen. */
  submit(
    customer: Organisation,
    items: Partial<OrderedItem>[],
  ): Promise<{ number: string; order: SubmittedOrder }>;
  /** Lets another driver serve a pool. */
  setDriver(poolId: string, driver: 'slurm' | 'open-computing' | 'manual'): Promise<void>;
  /** Starts workers in this process; answers how to stop them. */
  work(interceptors?: WorkerOptions['interceptors']): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Makes it; workers are started by the test. The queue is its own unless it is named. */
export async function aTrade(taskQueue = `t${randomBytes(4).toString('hex')}.kboss`): Promise<Trade> {
  const world = await anEmptyWorld();
  const tree = await aTree(world);
  const catalogue = await aCatalogue(world, tree);
  const ledger = openLedger(world.database.workerUrl);
  for (const { id } of [tree.platform, tree.distributor, tree.subDistributor, tree.stranger]) {
    await ledger.openBook(id, { firstPeriod: '2026-01-01' });
  }
  const address = process.env.KBOSS_TEST_TEMPORAL_ADDRESS!;
  const namespace = process.env.KBOSS_TEST_TEMPORAL_NAMESPACE ?? 'kboss';
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const supplier = new FakeSupplier();
  const dependencies: Dependencies = {
    database: world.worker,
    ledger,
    secrets: world.secrets,
    drivers: { slurm: supplier, 'open-computing': supplier, manual: manualDriver },
    production: false,
    publicUrl: 'http://127.0.0.1:8080',
  };
  const running: (() => Promise<void>)[] = [];
  return {
    world,
    tree,
    catalogue,
    ledger,
    client,
    taskQueue,
    supplier,
    dependencies,
    async fill(customer, amount) {
      const number = makeNumber('recharge', new Date(), randomBytes(8));
      await ledger.recharge({
        key: `test/${number}`,
        seller: customer.parentId!,
        customer: customer.id,
        amount,
        channel: 'bank',
        tradeNo: number,
        rechargeNo: number,
        at: new Date(),
      });
    },
    async submit(customer, items) {
      const input = await orderOf(world, customer, items);
      const order = await submitOrder(client, taskQueue, input);
      return { number: input.number, order };
    },
    async setDriver(poolId, driver) {
      await world.sql('update pool set driver = ? where id = ?', [driver, poolId]);
    },
    async work(interceptors) {
      quietRuntime();
      const native = await NativeConnection.connect({ address });
      const workers: Worker[] = await createWorkers(
        {
          connection: native,
          namespace,
          queues: taskQueues,
          taskQueue,
          ...(interceptors ? { interceptors } : {}),
        },
        dependencies,
      );
      const ended = runWorkers(workers);
      const relay = new Relay(world.worker, client, taskQueue);
      relay.start();
      let stopped = false;
      const stop = async (): Promise<void> => {
        if (stopped) return;
        stopped = true;
        await relay.stop();
        stopWorkers(workers);
        await ended;
        await native.close();
      };
      running.push(stop);
      return stop;
    },
    async close() {
      for (const stop of running) await stop();
      await connection.close();
      await ledger.close();
      await world.close();
    },
  };
}

/** What the cart of a customer would send; `priceSeen` is required, the rest has defaults. */
export async function orderOf(
  world: World,
  customer: Organisation,
  items: Partial<OrderedItem>[],
): Promise<OrderInput> {
  const [project] = await world.sql<{ id: string }>('select id from project where organisation_id = ?', [
    customer.id,
  ]);
  const at = new Date();
  return {
    number: makeNumber('order', at, randomBytes(8)),
    buyerId: customer.id,
    sellerId: customer.parentId!,
    userId: customer.people['customer-admin']!.id,
    at: at.toISOString(),
    items: items.map((item) => ({
      planId: '',
      quantity: '1',
      months: 0,
      pieces: 1,
      configuration: {},
      priceSeen: '0',
      projectId: project!.id,
      ...item,
    })),
  };
}

/** Update-with-start, as the api does. */
export function submitOrder(client: Client, taskQueue: string, input: OrderInput): Promise<SubmittedOrder> {
  const startWorkflowOperation = new WithStartWorkflowOperation(orderWorkflow, {
    workflowId: orderWorkflowId(input.number),
    taskQueue,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return client.workflow.executeUpdateWithStart<Workflow, SubmittedOrder, []>(orderMessages.submit, {
    startWorkflowOperation,
  });
}
