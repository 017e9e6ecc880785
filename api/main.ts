import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { RequestHandler } from 'express';
import { pino } from 'pino';
import { openDatabase } from '../db/database.ts';
import { secretBox } from '../db/secrets.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '../domain/configuration.ts';
import { identify } from './identity/identify.ts';
import { routes } from './routes.ts';
import { buildServer } from './server.ts';
import type { Services } from './services.ts';

/**
 * The api process: prints one JSON line `{"ready":true,"part":"api","port":…}` when it serves, its log as JSON lines
 * on standard error, and stops gracefully on INT and TERM.
 */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, 'api');
  const services = await openServices(configuration);
  const site = await siteHandler();
  const server = buildServer(services, { routes, identify, ...(site ? { site } : {}) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(configuration.port, configuration.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.close(() => void closeServices(services).then(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3_000).unref();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, part: 'api', port, site: site !== null })}\n`);
}

async function openServices(configuration: Configuration): Promise<Services> {
  const connection = Connection.lazy({ address: configuration.temporalAddress });
  return {
    configuration,
    database: await openDatabase(configuration.databaseUrl),
    temporal: new Client({ connection, namespace: configuration.temporalNamespace }),
    taskQueue: 'kboss',
    secrets: secretBox(configuration.secretKeys),
    log: pino({ level: configuration.logLevel }, pino.destination(2)),
    now: () => new Date(),
  };
}

async function closeServices(services: Services): Promise<void> {
  await services.temporal.connection.close();
  await services.database.close();
}

/** The handler of the built site, or null where it is not built (the api then serves alone). */
async function siteHandler(): Promise<RequestHandler | null> {
  const path = fileURLToPath(new URL('../web/build/handler.js', import.meta.url));
  if (!existsSync(path)) return null;
  const built = (await import(path)) as { handler: RequestHandler };
  return built.handler;
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigurationError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 1_000).unref();
}
