import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { Database } from '../db/database.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '../domain/configuration.ts';
import { taskQueues, type TaskQueue } from '../domain/task-queues.ts';
import { openDependencies } from './dependencies.ts';
import { scheduleLedgerCare } from './ledger-care.ts';
import { refuseSandboxes } from './refuse-sandboxes.ts';
import { Relay } from './relay.ts';
import { createWorkers, runWorkers } from './worker.ts';

/**
 * A worker process: `--queues kboss,driver-slurm,…` (all unless told). Prints one JSON line `{"ready":true,…}` and tells
 * its parent `ready` when it polls; on INT and TERM it takes no more work and lets activities end.
 */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, 'worker');
  const queues = chosenQueues();
  Runtime.install({
    logger: new DefaultLogger(configuration.logLevel === 'debug' ? 'DEBUG' : 'WARN'),
    shutdownSignals: ['SIGINT', 'SIGTERM'],
  });
  const connection = await connect(configuration.temporalAddress);
  const { dependencies, close } = await openDependencies(configuration);
  if (configuration.production) await refuseSandboxes(dependencies);
  const workers = await createWorkers(
    { connection, namespace: configuration.temporalNamespace, queues },
    dependencies,
  );
  const relay = queues.includes('kboss') ? await startRelay(configuration, dependencies.database) : null;
  process.stdout.write(`${JSON.stringify({ ready: true, part: 'worker', queues })}\n`);
  process.send?.('ready');
  try {
    await runWorkers(workers);
  } finally {
    await relay?.stop();
    await connection.close();
    await close();
  }
}

/** Callbacks and event streams are moved on by the processes that serve `kboss`. */
async function startRelay(
  { temporalAddress, temporalNamespace }: Configuration,
  database: Database,
): Promise<{ stop(): Promise<void> }> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace: temporalNamespace });
  await scheduleLedgerCare(client);
  const relay = new Relay(database, client);
  relay.start();
  return {
    async stop() {
      await relay.stop();
      await connection.close();
    },
  };
}

function chosenQueues(): TaskQueue[] {
  const { values } = parseArgs({ options: { queues: { type: 'string' } } });
  if (values.queues === undefined) return [...taskQueues];
  return values.queues.split(',').map((name) => {
    const queue = taskQueues.find((known) => known === name.trim());
    if (!queue) throw new ConfigurationError('--queues', `must be of ${taskQueues.join(', ')}; got ${name}.`);
    return queue;
  });
}

/** The server may still be starting: it is tried for a minute. */
async function connect(address: string): Promise<NativeConnection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (tries === 60) throw error;
      await delay(1_000);
    }
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigurationError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exit(1);
}
