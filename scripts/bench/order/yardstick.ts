import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker, type NativeConnection } from '@temporalio/worker';
import { kbossWorkerOptions } from '../../../workers/worker.ts';

export interface Noop {
  noop(): Promise<void>;
}

/** The worker of the yardstick, with the options of ours. */
export async function yardstickWorker(
  connection: NativeConnection,
  namespace: string,
  taskQueue: string,
): Promise<Worker> {
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('yardstick.workflows.ts', import.meta.url)),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  });
  const activities: Noop = { noop: () => Promise.resolve() };
  return Worker.create({
    ...kbossWorkerOptions,
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    activities: { ...activities },
  });
}
