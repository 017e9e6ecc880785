import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { searchAttributes } from '../../domain/search-attributes.ts';
import { besideQueue, type TaskQueue } from '../../domain/task-queues.ts';
import { workflowBundle } from '../../workers/bundle.ts';
import { quietRuntime } from './quiet-runtime.ts';

/** Activities by name; a test replaces those it is about. */
export type Fakes = Record<string, (argument: never) => Promise<unknown>>;

/** One time-skipping server for a test file: timers of days pass in milliseconds. */
export interface TimeSkipping {
  client: Client;
  /** Moves the clock of the server. */
  sleep(duration: string): Promise<void>;
  now(): Promise<number>;
  /** Runs `work` while workers with these activities serve queues of their own. */
  run<T>(fakes: Fakes, work: (taskQueue: string) => Promise<T>): Promise<T>;
  /** The names of activities and timers in a history, in order. */
  history(workflowId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The queues that these processes use. */
const served: readonly TaskQueue[] = ['kboss', 'driver-slurm', 'gateway-payment'];

const indexedValueType = { Keyword: 2, Int: 3, Bool: 5, Datetime: 6 } as const;

export async function aTimeSkippingServer(): Promise<TimeSkipping> {
  quietRuntime();
  const path = process.env.KBOSS_TEST_TIME_SKIPPING;
  if (!path) throw new Error('KBOSS_TEST_TIME_SKIPPING is not set: run this file in the workflows tier');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, indexedValueType[type]]),
    ),
  });
  const bundle = await workflowBundle();
  return {
    client: environment.client,
    sleep: (duration) => environment.sleep(duration),
    now: () => environment.currentTimeMs(),
    async run(fakes, work) {
      const taskQueue = `s${randomBytes(4).toString('hex')}.kboss`;
      const workers = await Promise.all(
        served.map((queue) =>
          Worker.create({
            connection: environment.nativeConnection,
            ...(environment.namespace ? { namespace: environment.namespace } : {}),
            taskQueue: besideQueue(taskQueue, queue),
            activities: fakes,
            ...(queue === 'kboss' ? { workflowBundle: bundle } : {}),
          }),
        ),
      );
      const [first, ...others] = workers;
      const runs = others.map((worker) => worker.run());
      try {
        return await first!.runUntil(work(taskQueue));
      } finally {
        for (const worker of others) worker.shutdown();
        await Promise.all(runs);
      }
    },
    async history(workflowId) {
      const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
      record(workflowId, history);
      return (history.events ?? []).flatMap((event) => {
        const activity = event.activityTaskScheduledEventAttributes?.activityType?.name;
        return activity ? [activity] : [];
      });
    },
    close: () => environment.teardown(),
  };
}

/** `KBOSS_RECORD_HISTORIES=directory` keeps what the tests ran, as fixtures for the replay test. */
function record(workflowId: string, history: Parameters<typeof historyToJSON>[0]): void {
  const directory = process.env.KBOSS_RECORD_HISTORIES;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${workflowId.replaceAll('/', '_')}.json`), historyToJSON(history));
}
