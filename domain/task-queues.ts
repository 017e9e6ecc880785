/** The queues workers serve: processes and the database on `kboss`, each kind of outside party on a queue of its own. */
export const taskQueues = [
  'kboss',
  'driver-slurm',
  'driver-open-computing',
  'gateway-payment',
  'gateway-sms',
] as const;
export type TaskQueue = (typeof taskQueues)[number];

/** The queue on which a pool's driver runs; people's work orders need no worker of their own. */
export function queueOfDriver(driver: string): TaskQueue {
  if (driver === 'slurm') return 'driver-slurm';
  return driver === 'open-computing' ? 'driver-open-computing' : 'kboss';
}

/**
 * The name of a queue beside that of the process: workers and tests may set a prefix before all of them
 * (`trial.kboss`, `trial.driver-slurm`), so that they share a server without taking each other's work.
 */
export function besideQueue(own: string, queue: TaskQueue): string {
  return own.replace(/[a-z-]+$/, queue);
}
