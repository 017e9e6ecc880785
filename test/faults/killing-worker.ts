import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { NativeConnection } from '@temporalio/worker';
import { openDatabase } from '../../db/database.ts';
import { openLedger } from '../../db/ledger/ledger.ts';
import { secretBox } from '../../db/secrets.ts';
import { developmentSecretKeys } from '../../domain/configuration.ts';
import { createWorkers, runWorkers } from '../../workers/worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { FileSupplier } from './file-supplier.ts';

/**
 * A worker for tests only: after a named activity of a named process has done its work, and before it can say so, the
 * process is killed. `points` maps workflow ids to activities; each kills once, `killed` remembers it.
 */
const { url, address, namespace, taskQueue, directory } = JSON.parse(process.argv[2]!) as Record<
  'url' | 'address' | 'namespace' | 'taskQueue' | 'directory',
  string
>;

class Killing implements ActivityInboundCallsInterceptor {
  readonly #place: string;

  constructor(workflowId: string, activity: string) {
    this.#place = `${workflowId} ${activity}`;
  }

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const result = await next(input).then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    if (read('points').includes(this.#place) && !read('killed').includes(this.#place)) {
      appendFileSync(`${directory}/killed`, `${this.#place}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
    return result();
  }
}

function read(name: string): string[] {
  const file = `${directory}/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

quietRuntime();
const supplier = new FileSupplier(`${directory}/supplier`);
const connection = await NativeConnection.connect({ address });
const workers = await createWorkers(
  {
    connection,
    namespace,
    queues: ['kboss', 'driver-slurm'],
    taskQueue,
    shutdownGraceTime: '1s',
    interceptors: {
      activity: [
        ({ info }) => ({ inbound: new Killing(info.workflowExecution?.workflowId ?? '', info.activityType) }),
      ],
    },
  },
  {
    database: await openDatabase(url, 10),
    ledger: openLedger(url),
    secrets: secretBox(developmentSecretKeys),
    drivers: { slurm: supplier },
    production: false,
    publicUrl: 'http://127.0.0.1:9',
  },
);
await runWorkers(workers);
process.exit(0);
