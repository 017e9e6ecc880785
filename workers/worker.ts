import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { besideQueue, type TaskQueue } from '../domain/task-queues.ts';
import { activitiesOf } from './activities.ts';
import { workflowBundle } from './bundle.ts';

export interface WorkerSettings {
  connection: NativeConnection;
  namespace: string;
  queues: readonly TaskQueue[];
  /** The name that stands for `kboss`; tests and benches put a prefix before it. */
  taskQueue?: string;
  /** Ends activities that take longer when the process stops. */
  shutdownGraceTime?: string;
  interceptors?: WorkerOptions['interceptors'];
}

/** What one process does at once with each outside party. */
const activitiesAtOnce: Record<TaskQueue, number> = {
  kboss: 60,
  'driver-slurm': 8,
  'driver-open-computing': 16,
  'gateway-payment': 16,
  'gateway-sms': 8,
};

/** Options of the worker that runs the processes; the bench's yardstick takes the same. */
export const kbossWorkerOptions = {
  maxConcurrentActivityTaskExecutions: activitiesAtOnce.kboss,
  maxCachedWorkflows: 500,
  shutdownForceTime: '20s',
  maxHeartbeatThrottleInterval: '15s',
} as const;

/** One worker a queue; `kboss` alone runs workflows, so that the process has one bundle and one cache of them. */
export async function createWorkers(settings: WorkerSettings, dependencies: Dependencies): Promise<Worker[]> {
  const { connection, namespace, taskQueue = 'kboss', interceptors } = settings;
  const bundle = settings.queues.includes('kboss') ? await workflowBundle() : undefined;
  return Promise.all(
    settings.queues.map((queue) =>
      Worker.create({
        connection,
        namespace,
        taskQueue: besideQueue(taskQueue, queue),
        activities: activitiesOf(queue, dependencies),
        ...kbossWorkerOptions,
        maxConcurrentActivityTaskExecutions: activitiesAtOnce[queue],
        shutdownGraceTime: settings.shutdownGraceTime ?? '10s',
        ...(interceptors ? { interceptors } : {}),
        ...(queue === 'kboss' ? { workflowBundle: bundle! } : {}),
      }),
    ),
  );
}

/** Runs workers until one of them ends or `stop` is called; the rest is then stopped too. */
export async function runWorkers(workers: readonly Worker[]): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  try {
    await Promise.race(runs);
  } finally {
    stopWorkers(workers);
    await Promise.allSettled(runs);
  }
}

export function stopWorkers(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
